package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static io.livemind.integration.deploy.Manifests.K8S;
import static io.livemind.integration.deploy.Manifests.containers;
import static io.livemind.integration.deploy.Manifests.kind;
import static io.livemind.integration.deploy.Manifests.name;
import static io.livemind.integration.deploy.Manifests.podLabels;
import static io.livemind.integration.deploy.Manifests.podSpec;
import static io.livemind.integration.deploy.Manifests.workloads;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.cli.config.GatewaySettings;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.Sources;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.role.GatewayCommand;
import io.livemind.cli.role.Rights;
import io.livemind.cli.role.TopologyCommand;
import io.livemind.cli.role.WorkerCommand;
import io.livemind.gateway.TrustedProxies;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ManifestsTest {
  private static final String IMAGE = "[a-z0-9./-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base",
        "overlays/local",
        "overlays/production",
        "overlays/gpu",
        "overlays/example"
      })
  void everyManifestHasOnlyFieldsThatKubernetesKnowsAndAllThatItNeeds(String folder)
      throws Exception {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    for (String component : List.of("tokens", "traces"))
      Kustomize.renderInto(resources, K8S.resolve("components").resolve(component));
    for (Map<String, Object> resource : resources) {
      String what = kind(resource) + " " + name(resource);
      switch (String.valueOf(resource.get("apiVersion"))) {
        case "kafka.strimzi.io/v1" ->
            assertThat(StrictParse.unknownFieldsOfStrimzi(resource)).as(what).isEmpty();
        case "keda.sh/v1alpha1" ->
            assertThatCode(() -> StrictParse.validateKeda(resource))
                .as(what)
                .doesNotThrowAnyException();
        default -> {
          assertThat(StrictParse.unknownFields(new Yaml().dump(resource))).as(what).isEmpty();
          assertThatCode(() -> StrictParse.validate(resource)).as(what).doesNotThrowAnyException();
        }
      }
    }
  }

  /** The looks themselves. */
  @Test
  void aFieldThatAnOperatorDoesNotKnowIsFound() throws Exception {
    Map<String, Object> topic =
        Kustomize.documents(K8S.resolve("base/kafka/topics.yaml")).getFirst();
    map(topic.get("spec")).put("partitons", 1);
    Map<String, Object> scaling = Kustomize.documents(K8S.resolve("base/scaling.yaml")).getFirst();

    assertThat(StrictParse.unknownFieldsOfStrimzi(topic))
        .singleElement()
        .asString()
        .contains("partitons");
    map(scaling.get("spec")).put("coolDownPeriod", 1);
    assertThatThrownBy(() -> StrictParse.validateKeda(scaling)).hasMessageContaining("coolDown");
    map(scaling.get("spec")).remove("coolDownPeriod");
    map(scaling.get("spec")).remove("triggers");
    assertThatThrownBy(() -> StrictParse.validateKeda(scaling)).hasMessageContaining("triggers");
  }

  @EachOverlay
  void podsAreRestrictedPinnedAndLimited(String folder) throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));

    for (Map<String, Object> workload : workloads(resources)) {
      assertThat(podSpec(workload)).as(name(workload)).containsEntry("enableServiceLinks", false);
      assertThat(map(podSpec(workload).get("securityContext")))
          .as(name(workload))
          .containsEntry("runAsNonRoot", true)
          .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    }
    for (Map<String, Object> container : containers(resources)) {
      String name = String.valueOf(container.get("name"));
      assertThat(String.valueOf(container.get("image"))).as(name).matches(IMAGE);
      assertThat(map(map(container.get("resources")).get("limits"))).as(name).containsKey("memory");
      assertThat(map(map(container.get("resources")).get("requests"))).as(name).containsKey("cpu");
      assertThat(map(container.get("securityContext")))
          .as(name)
          .containsEntry("allowPrivilegeEscalation", false)
          .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
      // Model servers of others write beside their programs.
      if (String.valueOf(container.get("image")).startsWith("livemind:"))
        assertThat(map(container.get("securityContext")))
            .as(name)
            .containsEntry("readOnlyRootFilesystem", true);
    }
  }

  /** Strimzi makes these pods in our namespace, which admits restricted ones only. */
  @EachOverlay
  void theBrokersPodsAreRestrictedToo(String folder) throws IOException {
    for (Map<String, Object> resource : Kustomize.render(K8S.resolve(folder))) {
      Map<String, Object> spec = map(resource.getOrDefault("spec", Map.of()));
      switch (kind(resource)) {
        case "KafkaNodePool" -> isRestricted(map(spec.get("template")), "kafkaContainer");
        case "Kafka" ->
            isRestricted(
                map(map(spec.get("entityOperator")).get("template")),
                "topicOperatorContainer",
                "userOperatorContainer");
        default -> {}
      }
    }
  }

  private static void isRestricted(Map<String, Object> template, String... containers) {
    assertThat(map(map(template.get("pod")).get("securityContext")))
        .containsEntry("runAsNonRoot", true)
        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    for (String container : containers)
      assertThat(map(map(template.get(container)).get("securityContext")))
          .as(container)
          .containsEntry("allowPrivilegeEscalation", false)
          .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
  }

  /** One machine that is lost takes one broker with it, where there are three. */
  @EachOverlay
  void brokersShareNoMachine(String folder) throws IOException {
    assertThat(Kustomize.render(K8S.resolve(folder)))
        .filteredOn(resource -> kind(resource).equals("KafkaNodePool"))
        .isNotEmpty()
        .allSatisfy(
            pool ->
                assertThat(
                        list(
                            map(map(map(pool.get("spec")).get("template")).get("pod"))
                                .get("topologySpreadConstraints")))
                    .contains(
                        Map.of(
                            "maxSkew",
                            1,
                            "topologyKey",
                            "kubernetes.io/hostname",
                            "whenUnsatisfiable",
                            "DoNotSchedule",
                            "labelSelector",
                            Map.of("matchLabels", Map.of("strimzi.io/pool-name", name(pool))))));
  }

  /** Endpoints are taken from a service while its gateway still takes connections. */
  @EachOverlay
  void theGraceCoversTheWaitBeforeTheSignalAndTheDrain(String folder) throws Exception {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));

    assertThat(beforeTheSignal(Manifests.container(resources, "gateway"))).isPositive();
    for (Map<String, Object> workload : workloads(resources)) {
      Map<String, Object> container = map(list(podSpec(workload).get("containers")).getFirst());
      Duration drain =
          switch (String.valueOf(list(container.get("args")).getFirst())) {
            case "gateway" -> cleanUp(GatewayCommand.class);
            case "topology" -> cleanUp(TopologyCommand.class);
            case "worker" ->
                cleanUp(WorkerCommand.class)
                    .plus(WorkerSettings.of(Manifests.settings(container)).stopTimeout());
            default -> Duration.ZERO;
          };
      int grace = (Integer) podSpec(workload).getOrDefault("terminationGracePeriodSeconds", 30);
      assertThat(Duration.ofSeconds(grace))
          .as(name(workload))
          .isGreaterThanOrEqualTo(drain.plus(beforeTheSignal(container)));
    }
  }

  private static Duration beforeTheSignal(Map<String, Object> container) {
    if (!container.containsKey("lifecycle")) return Duration.ZERO;
    Map<String, Object> sleep =
        map(map(map(container.get("lifecycle")).get("preStop")).get("sleep"));
    return Duration.ofSeconds((Integer) requireNonNull(sleep.get("seconds")));
  }

  /** The command's own figure, which nobody else needs. */
  private static Duration cleanUp(Class<?> command) throws ReflectiveOperationException {
    Field field = command.getDeclaredField("CLEAN_UP");
    field.setAccessible(true);
    return (Duration) requireNonNull(field.get(null));
  }

  /** An apply would undo what KEDA scaled. */
  @EachOverlay
  void whatIsScaledIsThereAndTellsNoNumberOfItsOwn(String folder) throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    Set<Object> scaled =
        resources.stream()
            .filter(resource -> kind(resource).equals("ScaledObject"))
            .map(resource -> map(map(resource.get("spec")).get("scaleTargetRef")).get("name"))
            .collect(Collectors.toSet());

    assertThat(workloads(resources))
        .filteredOn(workload -> kind(workload).equals("Deployment"))
        .extracting(workload -> (Object) name(workload))
        .containsAll(scaled);
    assertThat(workloads(resources))
        .filteredOn(workload -> scaled.contains(name(workload)))
        .allSatisfy(
            workload -> assertThat(map(workload.get("spec"))).doesNotContainKey("replicas"));
  }

  @EachOverlay
  void selectorsFindPodsAndPortNamesExist(String folder) throws IOException {
    List<Map<String, Object>> resources = Kustomize.render(K8S.resolve(folder));
    List<Map<String, Object>> workloads = workloads(resources);

    for (Map<String, Object> workload : workloads)
      if (!kind(workload).equals("Job"))
        assertThat(podLabels(workload))
            .as(name(workload))
            .containsAllEntriesOf(
                map(map(map(workload.get("spec")).get("selector")).get("matchLabels")));
    for (Map<String, Object> resource : resources) {
      Map<String, Object> spec = map(resource.getOrDefault("spec", Map.of()));
      Map<String, Object> selector =
          switch (kind(resource)) {
            case "Service" -> map(spec.get("selector"));
            case "PodDisruptionBudget" -> map(map(spec.get("selector")).get("matchLabels"));
            default -> Map.of();
          };
      if (selector.isEmpty()) continue;
      List<Map<String, Object>> found =
          workloads.stream()
              .filter(workload -> podLabels(workload).entrySet().containsAll(selector.entrySet()))
              .toList();
      assertThat(found).as(name(resource)).isNotEmpty();
      if (kind(resource).equals("Service"))
        for (Object port : list(spec.get("ports")))
          assertThat(portNames(found.get(0)))
              .as(name(resource))
              .contains(String.valueOf(map(port).get("targetPort")));
    }
    for (Map<String, Object> workload : workloads)
      assertThat(portNames(workload)).allMatch(port -> port.matches("[a-z][a-z0-9-]{0,14}"));
  }

  @Test
  void theConfigurationIsOneThatTheProgramTakes() throws IOException {
    for (Path file :
        List.of(K8S.resolve("base/livemind.yaml"), Path.of("../docker/livemind.yaml"))) {
      assertThat(WorkerSettings.of(settings(file)).models()).containsKeys("large", "small");
      // Without them all clients together share what one address may have.
      assertThat(GatewaySettings.of(settings(file)).trustedProxies())
          .isNotEqualTo(TrustedProxies.NONE);
    }
  }

  private static Settings settings(Path file) throws IOException {
    List<String> secrets =
        List.of(
            "kafka.bootstrap.servers=kafka:9092",
            "gateway.handle-keys=" + "5a".repeat(32),
            "gateway.auth.api-keys.ada=0123456789abcdef");
    return Settings.of(Sources.read(secrets, Optional.of(file), Map.of()));
  }

  @EachOverlay
  void everyVariableOfOursIsAKey(String folder) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map<String, Object> container : containers(Kustomize.render(K8S.resolve(folder))))
      for (Object variable : list(container.getOrDefault("env", List.of())))
        variables.put(String.valueOf(map(variable).get("name")), "3");

    assertThat(variables).isNotEmpty();
    variables.remove("LIVEMIND_CONFIG");
    assertThatCode(() -> Sources.read(List.of(), Optional.empty(), variables))
        .doesNotThrowAnyException();
  }

  /** `livemind topics` refuses those that have other partitions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "base",
        "overlays/local",
        "overlays/production",
        "overlays/gpu",
        "overlays/example"
      })
  void theTopicsAreThoseOfTheProgram(String folder) throws IOException {
    TopicLayout layout = KafkaSettings.layout(settings(K8S.resolve("base/livemind.yaml")));
    Map<String, Map<String, Object>> manifests = new LinkedHashMap<>();
    for (Map<String, Object> resource : Kustomize.render(K8S.resolve(folder)))
      if (kind(resource).equals("KafkaTopic"))
        manifests.put(name(resource), map(resource.get("spec")));
    List<Topic<?, ?>> topics = new Topics(Topics.DEFAULT_PREFIX).inOrder();

    assertThat(manifests.keySet())
        .containsExactlyInAnyOrderElementsOf(topics.stream().map(Topic::name).toList());
    for (Topic<?, ?> topic : topics) {
      Map<String, Object> spec = requireNonNull(manifests.get(topic.name()));
      int copies = (Integer) requireNonNull(spec.get("replicas"));
      assertThat(spec)
          .as(topic.name())
          .containsEntry("partitions", layout.partitions(topic.partitioning()));
      assertThat(map(spec.get("config")))
          .as(topic.name())
          .containsAllEntriesOf(topic.config())
          .containsEntry(Topic.LEAST_IN_SYNC, Integer.toString(Topic.leastInSync(copies)));
    }
  }

  @Test
  void eachPrincipalMayDoWhatTheProgramSaysAndNothingElse() throws IOException {
    List<Map<String, Object>> users = Kustomize.documents(K8S.resolve("base/kafka/users.yaml"));
    var rights = Rights.of(new Topics(Topics.DEFAULT_PREFIX), "livemind");

    assertThat(users).extracting(Manifests::name).containsExactlyElementsOf(rights.keySet());
    for (Map<String, Object> user : users) {
      Set<String> granted = new TreeSet<>();
      for (Object acl : list(map(map(user.get("spec")).get("authorization")).get("acls"))) {
        Map<String, Object> resource = map(map(acl).get("resource"));
        for (Object operation : list(map(acl).get("operations")))
          granted.add(
              right(
                  resource.get("type"),
                  resource.get("name"),
                  resource.get("patternType"),
                  operation));
      }
      Set<String> needed = new TreeSet<>();
      for (AclBinding one : rights.getOrDefault(name(user), List.of()))
        needed.add(
            right(
                one.pattern().resourceType(),
                one.pattern().name(),
                one.pattern().patternType().name().replace("ED", ""),
                one.entry().operation()));
      assertThat(granted).as(name(user)).isEqualTo(needed);
    }
  }

  /**
   * Strimzi writes transactionalId and DescribeConfigs, Kafka TRANSACTIONAL_ID and
   * DESCRIBE_CONFIGS.
   */
  private static String right(@Nullable Object... parts) {
    return Arrays.stream(parts)
        .map(part -> String.valueOf(part).replace("_", "").toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  private static Set<String> portNames(Map<String, Object> workload) {
    Set<String> names = new TreeSet<>();
    for (Object container : list(podSpec(workload).get("containers")))
      for (Object port : list(map(container).getOrDefault("ports", List.of())))
        names.add(String.valueOf(map(port).get("name")));
    return names;
  }
}
