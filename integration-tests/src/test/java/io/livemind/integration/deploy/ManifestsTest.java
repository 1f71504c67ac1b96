package io.livemind.integration.deploy;

import static io.livemind.integration.deploy.Kustomize.list;
import static io.livemind.integration.deploy.Kustomize.map;
import static io.livemind.integration.deploy.Manifests.containers;
import static io.livemind.integration.deploy.Manifests.kind;
import static io.livemind.integration.deploy.Manifests.name;
import static io.livemind.integration.deploy.Manifests.podLabels;
import static io.livemind.integration.deploy.Manifests.podSpec;
import static io.livemind.integration.deploy.Manifests.workloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.livemind.cli.config.Settings;
import io.livemind.cli.config.Sources;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.cli.role.Rights;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ManifestsTest {
  private static final Path K8S = Path.of("../k8s");
  private static final Set<String> OWN_API_GROUPS =
      Set.of("kafka.strimzi.io/v1", "keda.sh/v1alpha1");
  private static final String IMAGE = "[a-z0-9./-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+";

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/local", "overlays/production", "overlays/gpu"})
  void everyManifestHasOnlyFieldsThatKubernetesKnowsAndAllThatItNeeds(String folder)
      throws Exception {
    for (Map<String, Object> resource : Kustomize.render(K8S.resolve(folder))) {
      if (OWN_API_GROUPS.contains(String.valueOf(resource.get("apiVersion")))) continue;
      String yaml = new Yaml().dump(resource);
      assertThat(StrictParse.unknownFields(yaml)).as(name(resource)).isEmpty();
      assertThatCode(() -> StrictParse.validate(resource))
          .as(name(resource))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/gpu"})
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
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/gpu"})
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
  void theConfigurationIsOneThatTheProgramTakes(@TempDir Path folder) throws IOException {
    for (Path file :
        List.of(K8S.resolve("base/livemind.yaml"), Path.of("../docker/livemind.yaml"))) {
      Settings settings =
          Settings.of(
              Sources.read(
                  List.of("kafka.bootstrap.servers=kafka:9092"), Optional.of(file), Map.of()));

      assertThat(WorkerSettings.of(settings).models()).containsKeys("large", "small");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/production", "overlays/gpu"})
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

  @Test
  void theTopicsAreThoseOfTheProgram() throws IOException {
    var topics = new Topics(Topics.DEFAULT_PREFIX);
    List<Map<String, Object>> manifests =
        Kustomize.documents(K8S.resolve("base/kafka/topics.yaml"));

    assertThat(manifests.stream().map(Manifests::name))
        .containsExactlyElementsOf(topics.inOrder().stream().map(Topic::name).toList());
    for (int i = 0; i < manifests.size(); i++)
      assertThat(map(map(manifests.get(i).get("spec")).get("config")))
          .as(name(manifests.get(i)))
          .containsAllEntriesOf(topics.inOrder().get(i).config());
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
