package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static io.livemind.integration.deploy.Manifests.K8S;
import static io.livemind.integration.deploy.Manifests.container;
import static io.livemind.integration.deploy.Manifests.kind;
import static io.livemind.integration.deploy.Manifests.name;
import static io.livemind.integration.deploy.Manifests.podSpec;
import static io.livemind.integration.deploy.Manifests.settings;
import static io.livemind.integration.deploy.Manifests.workloads;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.livemind.cli.config.GatewaySettings;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever follows docs/operations.md has what the pods need. */
class InstallationTest {
  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Pattern CREATED =
      Pattern.compile("create secret generic (\\S+)((?:[^\\n]*\\\\\\n)*[^\\n]*)");
  private static final Pattern LITERAL = Pattern.compile("--from-literal=([^=]+)=");

  @EachOverlay
  void whatPodsReadIsRenderedOrMadeByStrimziOrByACommandOfThePage(String folder)
      throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    Set<String> there = new TreeSet<>(ofThePage());
    for (Map<String, Object> resource : resources)
      switch (kind(resource)) {
        case "ConfigMap" -> {
          there.add("ConfigMap " + name(resource));
          for (String key : map(resource.get("data")).keySet())
            there.add("ConfigMap " + name(resource) + " " + key);
        }
        // As Strimzi names them: the authority of a cluster, and a Secret for each user.
        case "Kafka" -> {
          String authority = "Secret " + name(resource) + "-cluster-ca-cert";
          there.addAll(List.of(authority, authority + " ca.password"));
        }
        case "KafkaUser" -> there.add("Secret " + name(resource) + " sasl.jaas.config");
        default -> {}
      }

    for (Map<String, Object> workload : workloads(resources)) {
      Set<String> read = new TreeSet<>();
      references(podSpec(workload), read);
      assertThat(there).as(name(workload)).containsAll(read);
    }
  }

  private static Set<String> ofThePage() throws IOException {
    Set<String> made = new TreeSet<>();
    for (MatchResult secret : CREATED.matcher(Files.readString(PAGE)).results().toList())
      LITERAL
          .matcher(secret.group(2))
          .results()
          .forEach(key -> made.add("Secret " + secret.group(1) + " " + key.group(1)));
    return made;
  }

  private static void references(@Nullable Object node, Set<String> found) {
    if (node instanceof List<?> items) items.forEach(item -> references(item, found));
    if (!(node instanceof Map)) return;
    map(node)
        .forEach(
            (field, value) -> {
              switch (field) {
                case "secretKeyRef" -> found.add("Secret " + keyed(map(value)));
                case "configMapKeyRef" -> found.add("ConfigMap " + keyed(map(value)));
                case "secret" -> found.add("Secret " + map(value).get("secretName"));
                case "secretRef" -> found.add("Secret " + map(value).get("name"));
                case "configMap", "configMapRef" ->
                    found.add("ConfigMap " + map(value).get("name"));
                default -> references(value, found);
              }
            });
  }

  private static String keyed(Map<String, Object> reference) {
    return reference.get("name") + " " + reference.get("key");
  }

  /** What makes a Job's pods cannot be changed: a second apply would be refused. */
  @EachOverlay
  void thePageDeletesEachJobBeforeAnApply(String folder) throws IOException {
    String page = Files.readString(PAGE);

    assertThat(Kustomize.render(K8S.resolve(folder)))
        .filteredOn(resource -> kind(resource).equals("Job"))
        .isNotEmpty()
        .allSatisfy(
            job ->
                assertThat(page)
                    .containsPattern(
                        "delete job " + name(job) + " --ignore-not-found\nkubectl apply -k "));
  }

  /** `production` alone has none, and says so. */
  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/gpu", "overlays/example"})
  void aModelIsServedInTheClusterOrHasANameOutside(String folder) throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    Set<String> services =
        resources.stream()
            .filter(resource -> kind(resource).equals("Service"))
            .map(Manifests::name)
            .collect(Collectors.toSet());

    for (String worker : List.of("worker-inference", "worker-answer"))
      for (ModelConfig model :
          WorkerSettings.of(settings(container(resources, worker))).models().values())
        for (ReplicaConfig replica : model.replicas())
          assertThat(replica.baseUrl().getHost())
              .as(worker)
              .matches(host -> host.contains(".") || services.contains(host));
  }

  /** What no server would take is not sent, and no server begins with more than its GPUs hold. */
  @Test
  void theLargeModelsContextIsTheSameForServerAndWorkers() throws IOException {
    List<Map<String, Object>> gpu = Kustomize.render(K8S.resolve("overlays/gpu"));
    Map<String, Object> compose =
        map(Kustomize.documents(Path.of("../docker/compose.vllm.yaml")).getFirst().get("services"));

    int served = longest(list(container(gpu, "model-large").get("args")));
    assertThat(longest(list(map(compose.get("vllm-large")).get("command")))).isEqualTo(served);
    for (String worker : List.of("worker-inference", "worker-answer")) {
      assertThat(
              requireNonNull(
                      WorkerSettings.of(settings(container(gpu, worker))).models().get("large"))
                  .replicas()
                  .getFirst()
                  .limits()
                  .contextWindow())
          .contains(served);
      assertThat(map(map(compose.get(worker)).get("environment")))
          .containsEntry(
              "LIVEMIND_WORKER_MODELS_LARGE_REPLICAS_0_CONTEXT_WINDOW", Integer.toString(served));
    }
  }

  private static int longest(List<Object> arguments) {
    return Integer.parseInt(
        String.valueOf(arguments.get(arguments.indexOf("--max-model-len") + 1)));
  }

  /** A port-forward asks for localhost. */
  @Test
  void theLocalGatewayLetsAPortForwardIn() throws IOException {
    List<Map<String, Object>> local = Kustomize.render(K8S.resolve("overlays/local"));

    assertThat(GatewaySettings.of(settings(container(local, "gateway"))).allowedHosts())
        .contains("localhost", "127.0.0.1");
  }

  @Test
  void theLocalOverlayFitsOnesOwnMachineAndNeedsNoKeda() throws IOException {
    List<Map<String, Object>> local = Kustomize.render(K8S.resolve("overlays/local"));
    List<Map<String, Object>> asked = new ArrayList<>();
    for (Map<String, Object> resource : local) {
      Map<String, Object> spec = map(resource.getOrDefault("spec", Map.of()));
      int copies = (Integer) spec.getOrDefault("replicas", 1);
      List<Object> holders =
          switch (kind(resource)) {
            case "KafkaNodePool" -> List.of(spec);
            case "Deployment", "StatefulSet", "Job" -> list(podSpec(resource).get("containers"));
            default -> List.of();
          };
      for (Object holder : holders)
        for (int copy = 0; copy < copies; copy++)
          asked.add(map(map(map(holder).get("resources")).get("requests")));
    }

    assertThat(local).noneMatch(resource -> kind(resource).equals("ScaledObject"));
    assertThat(sum(asked, "cpu")).isLessThanOrEqualTo(new BigDecimal(2));
    assertThat(sum(asked, "memory")).isLessThanOrEqualTo(amount("5Gi"));
  }

  private static BigDecimal sum(List<Map<String, Object>> requests, String resource) {
    return requests.stream()
        .map(request -> amount(String.valueOf(request.get(resource))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(String quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity));
  }
}
