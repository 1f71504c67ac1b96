package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.config.Settings;
import io.livemind.cli.config.Sources;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.workers.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Compose files as texts: what stands in one of them must fit what stands in another. */
class ComposeTest {
  private static final Path DOCKER = Path.of("../docker");
  private static final Set<String> SERVING = Set.of("topology", "worker", "gateway", "simulator");

  @Test
  void prometheusAsksEveryServiceAndNamesItInTheLabelThatTheAlertsCountBy() throws IOException {
    Map<String, Object> job = map(list(read("prometheus.yml").get("scrape_configs")).getFirst());
    Map<String, Object> discovered = map(list(job.get("dns_sd_configs")).getFirst());
    Map<String, Object> relabelled = map(list(job.get("relabel_configs")).getFirst());

    assertThat(list(discovered.get("names")))
        .containsExactlyInAnyOrderElementsOf(serving().keySet());
    assertThat(list(relabelled.get("source_labels"))).containsExactly("__meta_dns_name");
    assertThat(relabelled.get("target_label")).isEqualTo("service");
  }

  @Test
  void aRoleThatFailsIsStartedAgainABoundedNumberOfTimes() throws IOException {
    assertThat(serving())
        .allSatisfy(
            (_, service) ->
                assertThat(String.valueOf(service.get("restart"))).matches("on-failure:\\d+"));
  }

  @Test
  void workersTogetherCallNoModelOfOllamaMoreOftenThanItRunsAtOnce() throws IOException {
    Map<String, Object> services = map(read("compose.ollama.yaml").get("services"));
    Map<String, Object> ollama = map(map(services.get("ollama")).get("environment"));
    int workers = 0;
    for (String name : List.of("worker-inference", "worker-answer")) {
      Map<String, Object> service = map(services.get(name));
      workers += number(map(service.get("deploy")), "replicas");
      WorkerConfig worker = worker(map(service.get("environment")));

      assertThat(worker.replicas())
          .hasSize(2)
          .allSatisfy(
              replica -> {
                assertThat(replica.limits().capacity())
                    .hasValue(number(ollama, "OLLAMA_NUM_PARALLEL"));
                assertThat(replica.limits().contextWindow())
                    .hasValue(number(ollama, "OLLAMA_CONTEXT_LENGTH"));
                // With fewer, a task that was taken would wait for one, and fail as overloaded.
                assertThat(replica.limits().places()).isGreaterThanOrEqualTo(worker.places());
              });
    }

    assertThat(worker(map(map(services.get("worker-answer")).get("environment"))).warnings(workers))
        .isEmpty();
  }

  /** A worker with these variables and the configuration that all roles share. */
  private static WorkerConfig worker(Map<String, Object> environment) {
    Map<String, String> variables =
        environment.entrySet().stream()
            .filter(variable -> !variable.getKey().equals("LIVEMIND_CONFIG"))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, variable -> String.valueOf(variable.getValue())));
    Path shared = DOCKER.resolve("livemind.yaml");
    return WorkerSettings.of(Settings.of(Sources.read(List.of(), Optional.of(shared), variables)));
  }

  /** The services that run a role, which show metrics. */
  private static Map<String, Map<String, Object>> serving() throws IOException {
    Map<String, Map<String, Object>> serving = new LinkedHashMap<>();
    map(read("compose.yaml").get("services"))
        .forEach(
            (name, value) -> {
              Map<String, Object> service = map(value);
              boolean ours = String.valueOf(service.get("image")).startsWith("livemind:");
              if (ours
                  && SERVING.contains(Objects.toString(list(service.get("command")).getFirst())))
                serving.put(name, service);
            });
    return serving;
  }

  private static int number(Map<String, Object> of, String key) {
    return Integer.parseInt(String.valueOf(of.get(key)));
  }

  private static Map<String, Object> read(String file) throws IOException {
    return Kustomize.documents(DOCKER.resolve(file)).getFirst();
  }
}
