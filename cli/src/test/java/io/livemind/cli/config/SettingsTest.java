package io.livemind.cli.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.Price;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final String BROKERS = "kafka.bootstrap.servers=kafka:9092";

  private final Path folder;

  SettingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void flagsBeatTheEnvironmentThatBeatsTheFileThatBeatsTheDefault() throws IOException {
    Path file =
        file("livemind:", "  topology:", "    stream-threads: 3", "    standby-replicas: 3");
    Map<String, String> environment =
        Map.of("LIVEMIND_TOPOLOGY_STREAM_THREADS", "4", "LIVEMIND_TOPOLOGY_EXACTLY_ONCE", "true");

    TopologyConfig config =
        TopologySettings.of(settings(file, environment, BROKERS, "topology.stream-threads=5"));

    assertThat(config.streamThreads()).isEqualTo(5);
    assertThat(config.exactlyOnce()).isTrue();
    assertThat(config.store().standbyReplicas()).isEqualTo(3);
    assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void aRoleThatReachesNoBrokerHasASecondLeftOfTheFiveInWhichItIsTold() {
    assertThat(KafkaSettings.startWait(settings(BROKERS)))
        .isLessThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void withoutAnyValueARoleHasTheDefaultsOfItsModule() {
    TopologyConfig config = TopologySettings.of(settings(BROKERS));

    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("renderedMessages")
        .isEqualTo(
            TopologyConfig.defaults(
                "livemind",
                Map.of(
                    "bootstrap.servers", "kafka:9092",
                    "socket.connection.setup.timeout.ms", "2000",
                    "socket.connection.setup.timeout.max.ms", "8000"),
                Path.of("state")));
  }

  /** What is said wins. */
  @Test
  void aBrokerWhoseMachineIsGoneIsGivenUpWithinSeconds() {
    String key = "socket.connection.setup.timeout.ms";

    assertThat(KafkaSettings.of(settings(BROKERS))).containsEntry(key, "2000");
    assertThat(KafkaSettings.of(settings(BROKERS, "kafka." + key + "=5000")))
        .containsEntry(key, "5000");
  }

  @Test
  void aWorkerIsConfiguredFromAFileWithSecretsFromTheEnvironment() throws IOException {
    Path file =
        file(
            "livemind:",
            "  kafka:",
            "    bootstrap.servers: kafka:9092",
            "    security.protocol: SASL_SSL",
            "  worker:",
            "    id: w-1",
            "    kinds: [answer]",
            "    models:",
            "      large:",
            "        replicas:",
            "          - base-url: http://a:8000/v1",
            "            model-name: llama",
            "            key: ${MODEL_KEY}",
            "          - base-url: http://b:8000/v1",
            "            model-name: llama",
            "            places: 3",
            "            capacity: 8",
            "            context-window: 4096",
            "            requests-per-minute: 60",
            "            price: {prompt: 2, completion: 8.5}",
            "            timeouts: {idle: 7s}",
            "            generation: {temperature: 0, extra: {top_k: 5, priority: high}}");

    WorkerConfig config =
        WorkerSettings.of(settings(file, Map.of("MODEL_KEY", "secret-of-the-account")));

    assertThat(config.workerId()).isEqualTo("w-1");
    assertThat(config.kinds()).containsExactly(TaskKind.ANSWER);
    assertThat(config.kafka()).containsEntry("security.protocol", "SASL_SSL");
    List<ReplicaConfig> replicas = requireNonNull(config.models().get("large")).replicas();
    assertThat(replicas.get(0).key().orElseThrow().value()).isEqualTo("secret-of-the-account");
    assertThat(replicas.get(0).limits().places()).isEqualTo(config.places());
    assertThat(replicas.get(1).limits().places()).isEqualTo(3);
    assertThat(replicas.get(1).limits().contextWindow()).contains(4096);
    assertThat(replicas.get(1).limits().requestsPerMinute()).contains(60);
    assertThat(replicas.get(1).price()).contains(new Price(2, 2, 8.5));
    assertThat(config.warnings(2)).isEmpty();
    assertThat(config.warnings(3)).hasSize(1);
    assertThat(replicas.get(1).timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
    assertThat(replicas.get(1).generation().temperature()).contains(0.0);
    assertThat(replicas.get(1).generation().extra())
        .containsEntry("top_k", 5)
        .containsEntry("priority", "high");
  }

  @Test
  void theEnvironmentNamesModelsAndReplicasToo() {
    WorkerConfig config =
        WorkerSettings.of(
            settings(
                Map.of(
                    "LIVEMIND_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                    "LIVEMIND_WORKER_MODELS_LARGE_REPLICAS_0_BASE_URL", "http://a:8000/v1",
                    "LIVEMIND_WORKER_MODELS_LARGE_REPLICAS_0_MODEL_NAME", "llama",
                    "LIVEMIND_WORKER_MODELS_LARGE_REPLICAS_0_TIMEOUTS_FIRST_TOKEN", "9s")));

    ReplicaConfig replica = requireNonNull(config.models().get("large")).replicas().get(0);
    assertThat(replica.modelName()).isEqualTo("llama");
    assertThat(replica.timeouts().firstToken()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheKeyThatWasMeant() throws IOException {
    Path file = file("livemind:", "  worker:", "    placess: 3");

    assertThatThrownBy(() -> settings(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("livemind.worker.placess")
        .hasMessageContaining(file + " line 3")
        .hasMessageContaining("did you mean livemind.worker.places?");
  }

  @Test
  void anUnknownVariableOfOursIsNamed() {
    assertThatThrownBy(() -> settings(Map.of("LIVEMIND_WORKER_PLACESS", "3")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LIVEMIND_WORKER_PLACESS");
  }

  @Test
  void aValueOfTheWrongKindIsNamedWithItsPlaceAndTheRule() {
    Settings settings = settings(Map.of("LIVEMIND_TOPOLOGY_STREAM_THREADS", "two"), BROKERS);

    assertThatThrownBy(() -> TopologySettings.of(settings))
        .hasMessageContaining("livemind.topology.stream-threads")
        .hasMessageContaining("environment variable LIVEMIND_TOPOLOGY_STREAM_THREADS")
        .hasMessageContaining("must be a whole number, but is `two`");
  }

  @Test
  void aValueThatAModuleRefusesIsNamedWithItsPlace() {
    Settings settings = settings(BROKERS, "topology.limits.gap=0s");

    assertThatThrownBy(() -> TopologySettings.of(settings))
        .hasMessageContaining("livemind.topology.limits.gap must be at least 1")
        .hasMessageContaining("--set topology.limits.gap");
  }

  @Test
  void aMissingKeyIsNamedWithTheWaysToGiveIt() {
    assertThatThrownBy(() -> TopologySettings.of(settings()))
        .hasMessageContaining("livemind.kafka.bootstrap.servers is missing")
        .hasMessageContaining("--set kafka.bootstrap.servers=…");
  }

  @Test
  void aSettingThatKafkaDoesNotKnowIsNamed() {
    Settings settings = settings(BROKERS, "kafka.sasl.mechanim=PLAIN");

    assertThatThrownBy(() -> TopologySettings.of(settings))
        .hasMessageContaining("livemind.kafka.sasl.mechanim")
        .hasMessageContaining("no setting of Kafka's clients");
  }

  @Test
  void aVariableThatAValueRefersToMustBeThere() {
    Settings settings = settings("kafka.bootstrap.servers=${NOT_THERE}");

    assertThatThrownBy(() -> TopologySettings.of(settings))
        .hasMessageContaining("livemind.kafka.bootstrap.servers")
        .hasMessageContaining("NOT_THERE");
  }

  @Test
  void aTrustedProxyThatIsNoneIsToldWithKeyPlaceAndRemedy() throws IOException {
    Path file = file("livemind:", "  gateway:", "    trusted-proxies: [10.0.0.0/8, balancer]");

    assertThatThrownBy(() -> GatewaySettings.of(settings(file, Map.of(), BROKERS)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("livemind.gateway.trusted-proxies must hold addresses and blocks")
        .hasMessageContaining("balancer is no address: write 10.1.2.3")
        .hasMessageEndingWith("(" + file + " line 3)");
    assertThatThrownBy(
            () -> GatewaySettings.of(settings(BROKERS, "gateway.trusted-proxies=10.1.0.0/8")))
        .hasMessageContaining("name the lowest address of the block")
        .hasMessageEndingWith("(--set gateway.trusted-proxies)");
  }

  @Test
  void yamlThatIsNoneIsNamedWithItsLine() throws IOException {
    Path file = file("livemind:", "  worker: [");

    assertThatThrownBy(() -> settings(file, Map.of()))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line");
  }

  @Test
  void aFileOfBytesThatAreNoTextIsNamed() throws IOException {
    Path file = file("livemind:", "  worker: \u0007");

    assertThatThrownBy(() -> settings(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void variablesOfCommandsConfigureNoRole() {
    var variables = Map.of("LIVEMIND_TOKEN", "a key", "LIVEMIND_LLM_API_KEY", "another");

    assertThat(TopologySettings.of(settings(variables, BROKERS)).streamThreads()).isPositive();
  }

  @Test
  void secretsAreNotShown() {
    Settings settings =
        settings(
            BROKERS,
            "worker.models.large.replicas[0].key=canary-key",
            "gateway.auth.api-keys.ada=canary-api-key",
            "kafka.sasl.jaas.config=canary-password");

    List<String> lines = ConfigView.lines(settings, true);

    assertThat(lines)
        .contains("kafka.bootstrap.servers: kafka:9092  # --set kafka.bootstrap.servers");
    assertThat(String.join("\n", lines)).doesNotContain("canary");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("livemind.yaml"), List.of(lines));
  }

  private static Settings settings(String... set) {
    return settings(Map.of(), set);
  }

  private static Settings settings(Map<String, String> environment, String... set) {
    return Settings.of(Sources.read(List.of(set), Optional.empty(), environment));
  }

  private static Settings settings(Path file, Map<String, String> environment, String... set) {
    return Settings.of(Sources.read(List.of(set), Optional.of(file), environment));
  }
}
