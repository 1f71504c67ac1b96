package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.TokenCounts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static final ReplicaConfig REPLICA =
      ReplicaConfig.openAi(URI.create("http://127.0.0.1:8000/v1"), "m", Optional.empty(), 2);
  private static final Map<String, Object> KAFKA = Map.of("bootstrap.servers", "127.0.0.1:9092");

  private static WorkerConfig worker(Map<String, Object> kafka, int places) {
    return WorkerConfig.defaults(
        "w", kafka, "app", Map.of("large", new ModelConfig(List.of(REPLICA))), places);
  }

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    WorkerConfig config = worker(KAFKA, 8);
    assertThat(config.kinds()).containsExactlyInAnyOrder(TaskKind.values());
    assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.deltaInterval()).isEqualTo(Duration.ofMillis(25));
    assertThat(config.grantTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.claimTimeout()).isLessThan(Duration.ofMillis(ShareGroups.LOCK_MILLIS));
  }

  @Test
  void aWrongValueIsNamedWithItsKeyAndItsRule() {
    assertThatThrownBy(() -> worker(KAFKA, 0))
        .hasMessage("worker.places must be at least 1, but is 0");
    assertThatThrownBy(() -> worker(Map.of(), 1))
        .hasMessageContaining("worker.kafka")
        .hasMessageContaining("bootstrap.servers");
    assertThatThrownBy(
            () -> ReplicaConfig.openAi(URI.create("localhost:8000"), "m", Optional.empty(), 1))
        .hasMessageContaining("base-url")
        .hasMessageContaining("localhost:8000");
    assertThatThrownBy(() -> new ModelConfig(List.of(REPLICA, REPLICA)))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> new ModelConfig(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void aKeyIsNeverShown() {
    var key = new ApiKey("sk-secret");
    var replica = ReplicaConfig.openAi(REPLICA.baseUrl(), "m", Optional.of(key), 1);
    assertThat(replica.toString()).doesNotContain("sk-secret");
    assertThat(new ModelConfig(List.of(replica)).toString()).doesNotContain("sk-secret");
  }

  @Test
  void moreCallsThanAReplicaRunsAtATimeAreWarnedOf() {
    var limits =
        new ReplicaLimits(
            32,
            Optional.of(100),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var model = new ModelConfig(List.of(REPLICA.withLimits(limits)));
    var config =
        WorkerConfig.defaults("w", KAFKA, "app", Map.of("inference", model, "output", model), 8);
    assertThat(config.replicas()).hasSize(1);
    assertThat(config.warnings(3)).isEmpty();
    assertThat(config.warnings(4))
        .singleElement()
        .asString()
        .contains("128 calls", "4 workers", "lower places to 25");
  }

  @Test
  void aReplicaOfTwoModelsIsConfiguredOnce() {
    var models =
        Map.of(
            "inference", new ModelConfig(List.of(REPLICA)),
            "output", new ModelConfig(List.of(REPLICA.withSessionHeaders())));
    assertThatThrownBy(() -> WorkerConfig.defaults("w", KAFKA, "app", models, 8))
        .hasMessageContaining("configured once")
        .hasMessageContaining(REPLICA.id());
  }

  @Test
  void aCallCostsWhatItsTokensCost() {
    var price = new Price(2.0, 0.5, 8.0);
    var tokens = new TokenCounts(OptionalInt.of(1_000), OptionalInt.of(100), OptionalInt.of(600));
    // 400 × 2.0 + 600 × 0.5 + 100 × 8.0 millionths.
    assertThat(price.nanos(tokens)).hasValue(1_900_000);
    assertThat(price.nanos(TokenCounts.UNKNOWN)).isEmpty();
    assertThatThrownBy(() -> new Price(-1, 0, 0)).hasMessageContaining("price.prompt");
  }
}
