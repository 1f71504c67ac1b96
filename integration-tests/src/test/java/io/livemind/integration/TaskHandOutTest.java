package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a worker that stops does with its tasks, on a real broker. */
class TaskHandOutTest {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(20);

  @Test
  void aWorkerThatStopsFinishesWhatItHoldsAndLeavesTheRestToOthers() throws Exception {
    try (var workers = WorkersAlone.start()) {
      var stops = workers.worker("stops", 2, STOP, new TimedModel(Duration.ofSeconds(2)));
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
      workers.dispatch("old", TaskKind.INFERENCE, Duration.ofSeconds(30));
      var stops = workers.worker("stops", 2, Duration.ofMillis(100), TimedModel.ENDLESS);
      workers.dispatch("young", TaskKind.INFERENCE);
      workers.dispatch("answer", TaskKind.ANSWER);
      await().atMost(START).until(() -> workers.claims().size() == 2);
      assertThat(workers.claims()).containsOnlyKeys("young", "answer");

      long start = System.nanoTime();
      stops.close();

      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
          .isLessThan(STOP.toMillis());
      await().atMost(START).until(() -> workers.outcomes().size() == 2);
      assertThat(workers.outcomes().values())
          .allSatisfy(
              outcome -> {
                assertThat(outcome.event().getFailure()).contains("cancelled");
                assertThat(outcome.event().getReason()).contains("the worker stops");
              });
    }
  }
}
