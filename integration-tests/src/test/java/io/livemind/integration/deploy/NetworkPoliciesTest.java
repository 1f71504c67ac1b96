package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static io.livemind.integration.deploy.Manifests.K8S;
import static io.livemind.integration.deploy.Manifests.kind;
import static io.livemind.integration.deploy.Manifests.name;
import static io.livemind.integration.deploy.Manifests.podLabels;
import static io.livemind.integration.deploy.Manifests.podSpec;
import static io.livemind.integration.deploy.Manifests.workloads;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A policy that selects no pod, or names a port that nobody opens, is silent. */
class NetworkPoliciesTest {
  private static final String ROLE = "app.kubernetes.io/name";

  /**
   * A pod that there will be.
   *
   * @param ports names and numbers of what it listens on
   */
  private record Pod(Map<String, Object> labels, Set<String> ports) {}

  @EachOverlay
  void policiesSelectPodsThatThereAreAndPortsThatTheyOpen(String folder) throws IOException {
    List<Map<String, Object>> resources = withComponents(folder);
    List<Pod> pods = pods(resources);

    for (Map<String, Object> policy : policies(resources)) {
      Map<String, Object> spec = map(policy.get("spec"));
      List<Pod> own = selected(pods, map(spec.get("podSelector")), name(policy));
      for (Object rule : list(spec.getOrDefault("ingress", List.of()))) {
        peers(map(rule).get("from"), pods, name(policy));
        opened(map(rule), own, name(policy));
      }
      for (Object rule : list(spec.getOrDefault("egress", List.of()))) {
        List<Pod> others = peers(map(rule).get("to"), pods, name(policy));
        if (!others.isEmpty()) opened(map(rule), others, name(policy));
      }
    }
  }

  @Test
  void theComponentsLetOutWhatTheyAreFor() throws IOException {
    List<Map<String, Object>> base = Kustomize.render(K8S.resolve("base"));
    List<Map<String, Object>> more = withComponents("base");

    assertThat(portsOut(base, "gateway")).containsExactlyInAnyOrder("9093", "53");
    assertThat(portsOut(more, "gateway")).containsExactlyInAnyOrder("9093", "53", "443", "4318");
    assertThat(portsOut(more, "topology")).containsExactlyInAnyOrder("9093", "53", "4318");
    assertThat(portsOut(more, "topics")).containsExactlyInAnyOrder("9093", "53");
  }

  private static List<Map<String, Object>> withComponents(String folder) throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    for (String component : List.of("tokens", "traces"))
      Kustomize.renderInto(resources, K8S.resolve("components").resolve(component));
    return resources;
  }

  private static List<Map<String, Object>> policies(List<Map<String, Object>> resources) {
    return resources.stream().filter(resource -> kind(resource).equals("NetworkPolicy")).toList();
  }

  private static List<Pod> pods(List<Map<String, Object>> resources) {
    List<Pod> pods = new ArrayList<>();
    for (Map<String, Object> workload : workloads(resources)) {
      Set<String> ports = new TreeSet<>();
      for (Object container : list(podSpec(workload).get("containers")))
        for (Object port : list(map(container).getOrDefault("ports", List.of())))
          for (String field : List.of("name", "containerPort"))
            ports.add(String.valueOf(map(port).get(field)));
      pods.add(new Pod(podLabels(workload), ports));
    }
    for (Map<String, Object> resource : resources)
      if (kind(resource).equals("Kafka")) {
        Set<String> ports = new TreeSet<>();
        for (Object listener : list(map(map(resource.get("spec")).get("kafka")).get("listeners")))
          ports.add(String.valueOf(map(listener).get("port")));
        pods.add(new Pod(Map.of("strimzi.io/cluster", name(resource)), ports));
      }
    return pods;
  }

  private static List<Pod> selected(List<Pod> pods, Map<String, Object> selector, String policy) {
    List<Pod> found = pods;
    for (Map.Entry<String, Object> label :
        map(selector.getOrDefault("matchLabels", Map.of())).entrySet())
      found = with(found, label.getKey(), Set.of(label.getValue()), policy);
    for (Object expression : list(selector.getOrDefault("matchExpressions", List.of()))) {
      assertThat(map(expression)).as(policy).containsEntry("operator", "In");
      String key = String.valueOf(map(expression).get("key"));
      found = with(found, key, Set.copyOf(list(map(expression).get("values"))), policy);
    }
    return found;
  }

  /** Those that have one of the values; each is some pod's. */
  private static List<Pod> with(List<Pod> pods, String label, Set<Object> values, String policy) {
    List<Pod> found =
        pods.stream().filter(pod -> values.contains(pod.labels().getOrDefault(label, ""))).toList();
    assertThat(found)
        .as(policy + " selects " + label)
        .extracting(pod -> pod.labels().getOrDefault(label, ""))
        .containsAll(values);
    return found;
  }

  /** The pods that a rule names; none where it names other namespaces, or nothing. */
  private static List<Pod> peers(@Nullable Object peers, List<Pod> pods, String policy) {
    List<Pod> found = new ArrayList<>();
    if (peers == null) return found;
    for (Object peer : list(peers))
      if (map(peer).containsKey("podSelector"))
        found.addAll(selected(pods, map(map(peer).get("podSelector")), policy));
    return found;
  }

  private static void opened(Map<String, Object> rule, List<Pod> pods, String policy) {
    assertThat(pods.stream().flatMap(pod -> pod.ports().stream()))
        .as(policy)
        .containsAll(ports(rule));
  }

  private static List<String> ports(Map<String, Object> rule) {
    return list(rule.getOrDefault("ports", List.of())).stream()
        .map(port -> String.valueOf(map(port).get("port")))
        .toList();
  }

  private static Set<String> portsOut(List<Map<String, Object>> resources, String role) {
    Set<String> out = new TreeSet<>();
    for (Map<String, Object> policy : policies(resources)) {
      Map<String, Object> spec = map(policy.get("spec"));
      if (!list(spec.get("policyTypes")).contains("Egress")) continue;
      if (selected(pods(resources), map(spec.get("podSelector")), name(policy)).stream()
          .anyMatch(pod -> role.equals(pod.labels().get(ROLE))))
        for (Object rule : list(spec.get("egress"))) out.addAll(ports(map(rule)));
    }
    return out;
  }
}
