package io.livemind.gateway.spending;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaSpendingTest {
  private static final Topic<String, Usage> USAGE = new Topics("t.").usage();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final UnreadableRecords unreadable =
      new UnreadableRecords(new GatewayMeters(registry), List.of(USAGE.name()));

  @Test
  void whatCannotBeReadIsPassedOverAndCounted() {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);

    assertThat(KafkaSpending.decode(USAGE, record(garbage), unreadable)).isEmpty();
    assertThat(counted()).isOne();
  }

  @Test
  void aTombstoneIsNoFault() {
    assertThat(KafkaSpending.decode(USAGE, record(null), unreadable)).isEmpty();
    assertThat(counted()).isZero();
  }

  private double counted() {
    return registry
        .get(GatewayMetric.RECORDS_UNREADABLE.metricName())
        .tag("topic", USAGE.name())
        .counter()
        .count();
  }

  @SuppressWarnings("NullAway") // Kafka's records may hold nothing.
  private static ConsumerRecord<String, byte[]> record(byte @Nullable [] value) {
    return new ConsumerRecord<>(USAGE.name(), 0, 3, "owner/session", value);
  }
}
