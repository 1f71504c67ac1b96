package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TasksToResultsTest {
  private final WorkerRig rig = WorkerRig.with(1);

  @AfterEach
  void stop() {
    rig.close();
  }

  private TasksToResults.Taken take(ConsumerRecord<byte[], byte[]> record) {
    return rig.stage.take(record, () -> {});
  }

  private DeadLetter deadLetter() {
    var record = rig.recordsOf(rig.topics.deadLetters()).getFirst();
    return rig.topics.deadLetters().value().deserializer().deserialize("", record.value());
  }

  @Test
  void anAnswerTaskIsClaimedAndItsCallStarts() {
    var taken = take(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
    assertThat(taken).isInstanceOf(TasksToResults.Started.class);
    Claim claim = rig.awaitResult(Claim.class);
    assertThat(claim.getTaskId()).isEqualTo("a");
    assertThat(claim.getWorker()).isEqualTo("w");
    assertThat(claim.getControlPartition()).isEqualTo(1);
    assertThat(rig.startedCall(1).request.session()).isEqualTo(WorkerRig.SESSION);
  }

  @Test
  void eachStartIsAnExecutionOfItsOwn() {
    try (var roomy = WorkerRig.with(2)) {
      var record = roomy.record(WorkerRig.task("a", TaskKind.ANSWER));
      roomy.stage.take(record, () -> {});
      roomy.stage.take(record, () -> {});
      assertThat(roomy.results(Claim.class).stream().map(Claim::getExecution))
          .doesNotHaveDuplicates()
          .hasSize(2);
    }
  }

  @Test
  void aTaskWithoutAPlaceIsHandedBackUnclaimed() {
    take(rig.record(WorkerRig.task("a1", TaskKind.ANSWER)));
    var taken = take(rig.record(WorkerRig.task("a2", TaskKind.ANSWER)));
    assertThat(taken).isInstanceOf(TasksToResults.NoPlace.class);
    assertThat(rig.results(Claim.class)).hasSize(1);
  }

  @Test
  void anInferenceOlderThanItsLeaseIsSkipped() {
    rig.worker.dispatchClock().heard(WorkerRig.NOW.toEpochMilli());
    var task =
        Task.newBuilder(WorkerRig.task("a", TaskKind.INFERENCE))
            .setDispatchedAtMillis(WorkerRig.NOW.toEpochMilli() - 10_001)
            .build();
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Settled.class);
    assertThat(rig.results(Claim.class)).isEmpty();
    assertThat(rig.count(WorkerMetric.TASKS_SKIPPED)).isEqualTo(1);
  }

  @Test
  void theTimeSinceTheLastWordCounts() {
    rig.worker.dispatchClock().heard(WorkerRig.NOW.toEpochMilli());
    rig.nanos.addAndGet(Duration.ofMillis(10_001).toNanos());
    take(rig.record(WorkerRig.task("a", TaskKind.INFERENCE)));
    assertThat(rig.count(WorkerMetric.TASKS_SKIPPED)).isEqualTo(1);
  }

  @Test
  void aWordFromAClockThatWasAheadIsAskedForAgain() {
    rig.worker.dispatchClock().heard(WorkerRig.NOW.plus(Duration.ofHours(1)).toEpochMilli());
    var task = WorkerRig.task("a", TaskKind.INFERENCE);
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Settled.class);
    rig.nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Settled.class);
    rig.nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Started.class);
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Settled.class);
    assertThat(rig.results(Claim.class)).hasSize(1);
  }

  @Test
  void anInferenceIsTakenHoweverWrongTheWorkersClockIs() {
    var task =
        Task.newBuilder(WorkerRig.task("a", TaskKind.INFERENCE))
            .setDispatchedAtMillis(WorkerRig.NOW.toEpochMilli() - 300_000)
            .build();
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Started.class);
    rig.worker
        .held()
        .byExecution(rig.awaitResult(Claim.class).getExecution())
        .orElseThrow()
        .end(EndReason.CONTROL);

    rig.worker.dispatchClock().heard(task.getDispatchedAtMillis() + 100);
    assertThat(take(rig.record(task))).isNotInstanceOf(TasksToResults.Settled.class);
    assertThat(rig.count(WorkerMetric.TASKS_SKIPPED)).isZero();
  }

  @Test
  void anAnswerThatLooksOlderThanItsLeaseAsksFirst() {
    var task =
        Task.newBuilder(WorkerRig.task("a", TaskKind.ANSWER))
            .setDispatchedAtMillis(WorkerRig.NOW.toEpochMilli() - 10_001)
            .build();
    take(rig.record(task));
    Claim claim = rig.awaitResult(Claim.class);
    assertThat(claim.getAsksGrant()).isTrue();
    assertThat(rig.model.calls()).isEmpty();
    rig.worker.held().byExecution(claim.getExecution()).orElseThrow().grant();
    rig.startedCall(1);
  }

  @Test
  void aDraftThatFindsNoPlaceIsDroppedAndAnAnswerTakesTheDraftsPlace() {
    take(rig.record(WorkerRig.draft("d1")));
    assertThat(rig.awaitResult(Claim.class).getAsksGrant()).isTrue();
    assertThat(take(rig.record(WorkerRig.draft("d2")))).isInstanceOf(TasksToResults.Shed.class);
    take(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
    rig.startedCall(1);
    assertThat(rig.awaitResult(Outcome.class).getTaskId()).isEqualTo("d1");
  }

  @Test
  void bytesThatAreNoTaskGoToTheDeadLettersAsTheyCame() {
    byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
    var record = rig.record(rig.topics.answerTasks().name(), nonsense);
    record.headers().add("trace", new byte[] {1});
    assertThat(take(record)).isInstanceOf(TasksToResults.Settled.class);
    DeadLetter letter = deadLetter();
    assertThat(letter.getCode()).isEqualTo(FailureCode.UNREADABLE.code());
    assertThat(letter.getTopic()).isEqualTo(rig.topics.answerTasks().name());
    assertThat(letter.getValue()).contains(ByteBuffer.wrap(nonsense));
    assertThat(letter.getHeaders()).hasSize(1);
    assertThat(take(rig.record(WorkerRig.task("a", TaskKind.ANSWER))))
        .isInstanceOf(TasksToResults.Started.class);
  }

  @Test
  void aTaskForAPartitionThatIsNotThereDoesNotBlockTheWorker() {
    var task = Task.newBuilder(WorkerRig.task("a", TaskKind.ANSWER)).setAnswersPartition(3).build();
    assertThat(take(rig.record(task))).isInstanceOf(TasksToResults.Settled.class);
    assertThat(deadLetter().getCode()).isEqualTo(FailureCode.UNKNOWN_PARTITION.code());
  }
}
