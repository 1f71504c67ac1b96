package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.TaskKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
