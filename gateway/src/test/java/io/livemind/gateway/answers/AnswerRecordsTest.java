package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Opened;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerRecordsTest {
  private static final Topic<String, AnswerEvent> ANSWERS = new Topics("t.").answers();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final UnreadableRecords unreadable =
      new UnreadableRecords(new GatewayMeters(registry), List.of(ANSWERS.name()));

  @Test
  void anEventIsReadAndNothingCounts() {
    var event = new AnswerEvent(0, 0L, new Opened());
    byte[] bytes = ANSWERS.value().serializer().serialize(ANSWERS.name(), event);

    var read = AnswerRecords.decode(ANSWERS, record("session", bytes), unreadable);

    assertThat(read).contains(new AnswerRecord("session", 1, 7, event));
    assertThat(counted()).isZero();
  }

  @Test
  void whatIsNoEventIsPassedOverAndCounted() {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);

    assertThat(AnswerRecords.decode(ANSWERS, record("session", garbage), unreadable)).isEmpty();
    assertThat(AnswerRecords.decode(ANSWERS, record("session", null), unreadable)).isEmpty();
    assertThat(counted()).isEqualTo(2);
  }

  private double counted() {
    return registry
        .get(GatewayMetric.RECORDS_UNREADABLE.metricName())
        .tag("topic", ANSWERS.name())
        .counter()
        .count();
  }

  @SuppressWarnings("NullAway") // Kafka's records may hold nothing.
  private static ConsumerRecord<String, byte[]> record(String key, byte @Nullable [] value) {
    return new ConsumerRecord<>(ANSWERS.name(), 1, 7, key, value);
  }
}
