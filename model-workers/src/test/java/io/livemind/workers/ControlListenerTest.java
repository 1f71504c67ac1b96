package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.TaskKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlListenerTest {
  private static final long END = 7;

  private final WorkerRig rig = WorkerRig.with(2);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final TopicPartition partition = new TopicPartition(rig.topics.workerControl().name(), 1);
  private long offset = END;

  @BeforeEach
  void start() {
    consumer.updateEndOffsets(Map.of(partition, END));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private ControlListener listener() {
    return ControlListener.start(consumer, rig.topics.workerControl(), 1, rig.worker);
  }

  private void hears(byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(), 1, offset++, "s".getBytes(StandardCharsets.UTF_8), value));
  }

  private void hears(String execution, ControlCommand command) {
    hears(
        rig.topics
            .workerControl()
            .value()
            .serializer()
            .serialize("", new Control("i", 1, execution, command)));
  }

  @Test
  void itStandsAtTheEndOfThePartitionWhenItHasStarted() {
    try (var listener = listener()) {
      assertThat(listener).isNotNull();
      assertThat(consumer.position(partition)).isEqualTo(END);
    }
  }

  @Test
  void grantAndCancelReachTheExecutionTheyName() {
    try (var listener = listener()) {
      assertThat(listener).isNotNull();
      var call = rig.running("i", TaskKind.INFERENCE);
      hears("another-workers", ControlCommand.CANCEL);
      hears(call.execution().id(), ControlCommand.GRANT);
      var model = rig.startedCall(1);
      hears(call.execution().id(), ControlCommand.CANCEL);
      await().until(model::isCancelled);
      assertThat(rig.awaitResult(Outcome.class).getFailure())
          .contains(FailureCode.CANCELLED.code());
    }
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersAndTheNextIsHeard() {
    try (var listener = listener()) {
      assertThat(listener).isNotNull();
      var call = rig.running("i", TaskKind.INFERENCE);
      hears("nonsense".getBytes(StandardCharsets.UTF_8));
      hears(call.execution().id(), ControlCommand.GRANT);
      rig.startedCall(1);
      assertThat(rig.recordsOf(rig.topics.deadLetters())).hasSize(1);
    }
  }

  @Test
  void aWorkersPartitionIsOneThatTheTopicHas() {
    for (int partitions = 1; partitions < 20; partitions++) {
      assertThat(ControlListener.partition("any worker", partitions)).isBetween(0, partitions - 1);
    }
  }
}
