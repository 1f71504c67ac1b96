package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.TaskKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TaskPollerTest {
  /** Long enough for a poller that would not wait. */
  private static final Duration UNCHANGED = Duration.ofMillis(100);

  private static TaskPoller poller(WorkerRig rig, HandedOut tasks, int places) {
    return poller(rig, () -> tasks, places);
  }

  private static TaskPoller poller(
      WorkerRig rig, Supplier<ShareConsumer<byte[], byte[]>> consumers, int places) {
    return poller(rig, consumers, new PollerPlan(1), new FreePlaces(places));
  }

  private static TaskPoller poller(
      WorkerRig rig,
      Supplier<ShareConsumer<byte[], byte[]>> consumers,
      PollerPlan plan,
      FreePlaces places) {
    var poller =
        new TaskPoller(
            TaskKind.ANSWER,
            rig.topics.answerTasks().name(),
            plan,
            places,
            consumers,
            rig.stage,
            rig.worker);
    poller.start();
    return poller;
  }

  @Test
  void aTaskIsAcceptedOnlyAfterItsClaimWasConfirmed() throws Exception {
    try (var rig = WorkerRig.unconfirmed(1)) {
      var tasks = new HandedOut(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      var poller = poller(rig, tasks, 1);
      rig.startedCall(1);
      await().during(UNCHANGED).until(() -> tasks.acknowledged().isEmpty());
      rig.producer.completeNext();
      await().until(() -> tasks.acknowledged().equals(List.of(AcknowledgeType.ACCEPT)));
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aTaskWhoseClaimIsNotConfirmedIsReleasedAndItsCallEnded() throws Exception {
    try (var rig = WorkerRig.unconfirmed(1)) {
      var tasks = new HandedOut(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      var poller = poller(rig, tasks, 1);
      var call = rig.startedCall(1);
      rig.producer.errorNext(new org.apache.kafka.common.errors.TimeoutException("lost"));
      await().until(() -> tasks.acknowledged().equals(List.of(AcknowledgeType.RELEASE)));
      await().until(call::isCancelled);
      while (rig.producer.completeNext()) {}
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aFullPollerSendsItsAcknowledgementsAndPollsNoMoreUntilAPlaceIsFree() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks =
          new HandedOut(
              rig.record(WorkerRig.task("a1", TaskKind.ANSWER)),
              rig.record(WorkerRig.task("a2", TaskKind.ANSWER)));
      var poller = poller(rig, tasks, 1);
      await().until(() -> tasks.commits() == 1);
      await().during(UNCHANGED).until(() -> tasks.polled() == 1);
      rig.startedCall(1).finishes();
      rig.startedCall(2).finishes();
      await().until(() -> rig.results(Outcome.class).size() == 2);
      assertThat(rig.results(Claim.class)).hasSize(2);
      assertThat(rig.count(WorkerMetric.TASKS_RELEASED)).isZero();
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aRecordThatCannotBeReadHoldsNoNeighbourUp() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks =
          new HandedOut(
              rig.record(
                  rig.topics.answerTasks().name(), "nonsense".getBytes(StandardCharsets.UTF_8)),
              rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      var poller = poller(rig, tasks, 1);
      rig.startedCall(1).finishes();
      await()
          .until(
              () ->
                  tasks
                      .acknowledged()
                      .equals(List.of(AcknowledgeType.ACCEPT, AcknowledgeType.ACCEPT)));
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aPollerSurvivesAConsumerThatFails() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks = new HandedOut(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      tasks.failsNextPoll();
      var poller = poller(rig, tasks, 1);
      rig.startedCall(1).finishes();
      rig.awaitResult(Outcome.class);
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aPollerSurvivesAConsumerThatCannotBeMade() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks = new HandedOut(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      var first = new AtomicBoolean(true);
      var poller =
          poller(
              rig,
              () -> {
                if (first.getAndSet(false)) throw new KafkaException("the name does not resolve");
                return tasks;
              },
              1);
      rig.startedCall(1).finishes();
      rig.awaitResult(Outcome.class);
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aPollerThatIsRefusedDoesNotPollUntilItHasPolledForAWhile() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks = new HandedOut();
      var poller = poller(rig, tasks, 1);
      await().until(poller::polls);
      tasks.failsNextPoll();
      await().until(() -> !poller.polls());
      await().until(() -> tasks.closings() == 1);
      int before = tasks.looks();
      await().until(() -> tasks.looks() > before + 1);
      assertThat(poller.polls()).isFalse();
      rig.nanos.addAndGet(PollHealth.STEADY.toNanos());
      await().until(poller::polls);
      poller.stop();
      poller.join();
    }
  }

  /** Of 64 places two consumers take two tasks at a time, and a third the last ones. */
  @Test
  void aWorkerWithManyFreePlacesIsReady() throws Exception {
    int places = 64;
    try (var rig = WorkerRig.with(places)) {
      var free = new FreePlaces(places);
      List<TaskPoller> pollers =
          PollerPlan.of(places).stream()
              .map(plan -> poller(rig, HandedOut::new, plan, free))
              .toList();
      assertThat(pollers).hasSize(3);
      await().until(() -> pollers.stream().allMatch(TaskPoller::polls));
      for (TaskPoller poller : pollers) {
        poller.stop();
        poller.join();
      }
    }
  }

  @Test
  void aPollerDoesNotPollWhileTheBrokersAreGone() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var poller = poller(rig, new HandedOut(), 1);
      await().until(poller::polls);
      rig.nanos.addAndGet(BrokerWatch.SILENCE.plusMillis(1).toNanos());
      assertThat(poller.polls()).isFalse();
      rig.worker.brokers().heard();
      assertThat(poller.polls()).isTrue();
      poller.stop();
      poller.join();
    }
  }

  @Test
  void aPollerHasNoConsumerWhileTheBrokersAreGone() throws Exception {
    try (var rig = WorkerRig.with(1)) {
      var tasks = new HandedOut();
      var poller = poller(rig, tasks, 1);
      await().until(() -> tasks.looks() > 0);
      rig.nanos.addAndGet(BrokerWatch.SILENCE.plusMillis(1).toNanos());
      await().until(() -> tasks.closings() == 1);
      tasks.hands(rig.record(WorkerRig.task("a", TaskKind.ANSWER)));
      await().during(UNCHANGED).until(() -> tasks.polled() == 0);
      rig.worker.brokers().heard();
      rig.startedCall(1).finishes();
      rig.awaitResult(Outcome.class);
      poller.stop();
      poller.join();
    }
  }
}
