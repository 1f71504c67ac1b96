package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.integration.WorkersAlone.Heard;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Tasks go to whoever has a place for them, on a real broker. */
class TaskHandOutTest {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);

  @Test
  void noTaskWaitsForAFullWorkerWhileAnotherHasFreePlaces() throws Exception {
    try (var workers = WorkersAlone.start();
        var time = FairTime.watching()) {
      workers.worker("full", 2, Duration.ZERO, TimedModel.ENDLESS);
      workers.dispatch("stays1", TaskKind.ANSWER);
      workers.dispatch("stays2", TaskKind.ANSWER);
      await().atMost(START).until(() -> workers.claims().size() == 2);
      workers.worker("idle", 8, Duration.ZERO, new TimedModel(Duration.ofMillis(50)));
      workers.dispatch("first", TaskKind.ANSWER);
      await().atMost(START).until(() -> workers.claims().containsKey("first"));

      List<String> tasks = dispatchSteadily(workers, 200, Duration.ofMillis(20));

      await()
          .atMost(START)
          .untilAsserted(
              () -> assertThat(workers.outcomes()).containsKeys(tasks.toArray(String[]::new)));
      assertThat(tasks)
          .allSatisfy(
              task -> {
                Heard<Claim> claim = workers.claim(task);
                assertThat(claim.event().getWorker()).isEqualTo("idle");
                assertThat(claim.atMillis() - dispatchedAt(task))
                    .as("wait of %s in ms", task)
                    .isLessThan(time.of(LONGEST_WAIT).toMillis());
              });
    }
  }

  @Test
  void aTaskLongerThanTheLogThatAPollLooksAtIsHandedOutBetweenShortOnes() throws Exception {
    try (var workers = WorkersAlone.start()) {
      workers.dispatch("before", TaskKind.ANSWER);
      var prompt = List.of(new Message(Role.USER, "word ".repeat(100_000)));
      workers.dispatch(
          "long", WorkersAlone.task("long", TaskKind.ANSWER, WorkersAlone.MODEL, prompt));
      workers.dispatch("after", TaskKind.ANSWER);
      workers.worker("reads", 100, Duration.ZERO, new TimedModel(Duration.ofMillis(50)));
      await()
          .atMost(START)
          .untilAsserted(
              () -> assertThat(workers.outcomes()).containsOnlyKeys("before", "long", "after"));
    }
  }

  /** Both kinds in turn; the name ends in the moment of dispatch. */
  private static List<String> dispatchSteadily(WorkersAlone workers, int count, Duration every) {
    List<String> tasks = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(start + i * every.toNanos() - System.nanoTime());
      String task = "task" + i + "-" + System.currentTimeMillis();
      tasks.add(task);
      workers.dispatch(task, i % 2 == 0 ? TaskKind.ANSWER : TaskKind.INFERENCE);
    }
    return tasks;
  }

  private static long dispatchedAt(String task) {
    return Long.parseLong(task.substring(task.indexOf('-') + 1));
  }

  @Test
  void aWorkerThatStopsFinishesWhatItHoldsAndLeavesTheRestToOthers() throws Exception {
    try (var workers = WorkersAlone.start()) {
      var stops = workers.worker("stops", 2, STOP, new TimedModel(Duration.ofSeconds(10)));
      for (int i = 0; i < 6; i++) workers.dispatch("task" + i, TaskKind.ANSWER);
      await().atMost(START).until(() -> workers.claims().size() == 2);
      stops.close();
      assertThat(workers.claims()).hasSize(2);
      workers.worker("next", 4, STOP, new TimedModel(Duration.ofMillis(50)));

      await().atMost(START).until(() -> workers.outcomes().size() == 6);
      assertThat(workers.outcomes().values())
          .allSatisfy(outcome -> assertThat(outcome.event().getFailure()).isEmpty());
      assertThat(workers.claims().values())
          .filteredOn(claim -> claim.event().getWorker().equals("stops"))
          .hasSize(2);
    }
  }

  @Test
  void aWorkerThatStopsHandsBackWhatDoesNotEndInTimeAndOldThoughtsAreSkipped() throws Exception {
    try (var workers = WorkersAlone.start()) {
      var stops = workers.worker("stops", 2, Duration.ofMillis(100), TimedModel.ENDLESS);
      // A worker tells what is old by the time of the last word it got; its own clock may be wrong.
      workers.dispatch("first", TaskKind.INFERENCE);
      await().atMost(START).until(() -> workers.claims().containsKey("first"));
      workers
          .claims()
          .values()
          .forEach(claim -> workers.tell(claim.event(), ControlCommand.CANCEL));
      await().atMost(START).until(() -> workers.outcomes().containsKey("first"));

      workers.dispatch("old", TaskKind.INFERENCE, Duration.ofSeconds(30));
      workers.dispatch("young", TaskKind.INFERENCE);
      workers.dispatch("answer", TaskKind.ANSWER);
      await().atMost(START).until(() -> workers.claims().size() == 3);
      assertThat(workers.claims()).containsOnlyKeys("first", "young", "answer");

      long start = System.nanoTime();
      stops.close();

      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
          .isLessThan(STOP.toMillis());
      await().atMost(START).until(() -> workers.outcomes().size() == 3);
      assertThat(workers.outcomes().entrySet())
          .filteredOn(ended -> !ended.getKey().equals("first"))
          .allSatisfy(
              ended -> {
                assertThat(ended.getValue().event().getFailure()).contains("cancelled");
                assertThat(ended.getValue().event().getReason()).contains("the worker stops");
              });
    }
  }
}
