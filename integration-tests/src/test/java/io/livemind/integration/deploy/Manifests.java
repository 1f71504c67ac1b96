package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;

import io.livemind.cli.config.Settings;
import io.livemind.cli.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ways into rendered manifests. */
final class Manifests {
  static final Path K8S = Path.of("../k8s");

  /** What stands for a value that only the cluster has; long enough for each of our keys. */
  private static final String SECRET = "5a".repeat(32);

  private Manifests() {}

  static String name(Map<String, Object> resource) {
    return String.valueOf(map(resource.get("metadata")).get("name"));
  }

  static String kind(Map<String, Object> resource) {
    return String.valueOf(resource.get("kind"));
  }

  /** What makes pods: deployments, stateful sets and jobs. */
  static List<Map<String, Object>> workloads(List<Map<String, Object>> resources) {
    return resources.stream()
        .filter(resource -> List.of("Deployment", "StatefulSet", "Job").contains(kind(resource)))
        .toList();
  }

  static Map<String, Object> podSpec(Map<String, Object> workload) {
    return map(map(map(workload.get("spec")).get("template")).get("spec"));
  }

  static Map<String, Object> podLabels(Map<String, Object> workload) {
    return map(map(map(map(workload.get("spec")).get("template")).get("metadata")).get("labels"));
  }

  static List<Map<String, Object>> containers(List<Map<String, Object>> resources) {
    List<Map<String, Object>> containers = new ArrayList<>();
    for (Map<String, Object> workload : workloads(resources))
      for (Object container : list(podSpec(workload).get("containers")))
        containers.add(map(container));
    return containers;
  }

  /**
   * The container of this name.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  static Map<String, Object> container(List<Map<String, Object>> resources, String name) {
    return containers(resources).stream()
        .filter(container -> name.equals(container.get("name")))
        .findFirst()
        .orElseThrow();
  }

  /** What a role finds in its container: the cluster's file, and variables over it. */
  static Settings settings(Map<String, Object> container) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Object variable : list(container.get("env")))
      variables.put(
          String.valueOf(map(variable).get("name")),
          String.valueOf(map(variable).getOrDefault("value", SECRET)));
    return Settings.of(
        Sources.read(List.of(), Optional.of(K8S.resolve("base/livemind.yaml")), variables));
  }
}
