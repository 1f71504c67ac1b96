package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What dashboards, alerts and scaling ask of Prometheus. */
public final class Queries {
  private static final Path DASHBOARD = Path.of("../docker/grafana/dashboards/livemind.json");
  private static final Path SCALING = Path.of("../k8s/base/scaling.yaml");
  private static final Path ALERTS = Path.of("../docker/alerts.yaml");

  private Queries() {}

  private static List<String> ofTheDashboard() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    for (JsonNode panel : dashboard.path("panels"))
      for (JsonNode target : panel.path("targets")) queries.add(target.path("expr").asText());
    return queries;
  }

  /** All of them. */
  public static List<String> all() throws IOException {
    List<String> queries = new ArrayList<>(ofTheDashboard());
    for (Object group : list(Kustomize.documents(ALERTS).get(0).get("groups")))
      for (Object rule : list(map(group).get("rules")))
        queries.add(String.valueOf(map(rule).get("expr")));
    for (Map<String, Object> scaled : Kustomize.documents(SCALING))
      for (Object trigger : list(map(scaled.get("spec")).get("triggers")))
        queries.add(String.valueOf(map(map(trigger).get("metadata")).get("query")));
    return queries;
  }
}
