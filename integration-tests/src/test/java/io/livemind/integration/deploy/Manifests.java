package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ways into rendered manifests. */
final class Manifests {
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
}
