package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.schemas.avro.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker may die at any moment; the answer still comes, once and whole. */
class WorkerKillTest {
  private static final long SEED = 20261123;
  private static final int SOME_KILLS = 4;
  private static final int MANY_KILLS = 20;

  /**
   * From the first key to the end of an undisturbed answer: about 1.4 s of typing, 1 s of answer.
   */
  private static final int TURN_MILLIS = 2_600;

  private static final int SESSIONS_AT_A_TIME = 3;

  @Test
  void aWorkerThatIsKilledInTheMiddleOfATurnCostsNoAnswer(@TempDir Path state) throws Exception {
    killWorkers(state, SOME_KILLS);
  }

  @Test
  @Tag("long")
  void aWorkerThatIsKilledAtAnyMomentOfATurnCostsNoAnswer(@TempDir Path state) throws Exception {
    killWorkers(state, MANY_KILLS);
  }

  private static void killWorkers(Path state, int kills) throws Exception {
    var random = new Random(SEED);
    try (var pipeline = TestPipeline.start(state);
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        ExecutorService players = Executors.newSingleThreadExecutor()) {
      ChildProcess running = pipeline.prepareWorker("w0").begin().awaitReady();
      for (int kill = 1; kill <= kills; kill++) {
        int moment = random.nextInt(TURN_MILLIS);
        List<Play> plays = plays("kill" + kill);
        ChildProcess victim = running;
        ChildProcess next = pipeline.prepareWorker("w" + kill);
        Future<PlayResult> result = players.submit(() -> pipeline.play(plays));
        var dead = killer.schedule(victim::kill, moment, TimeUnit.MILLISECONDS);
        dead.get();
        next.begin();

        assertOneCompleteAnswerEach(
            result.get(180, TimeUnit.SECONDS), "killed at " + moment + " ms");
        running = next.awaitReady();
      }
      running.close();
    }
  }

  /** They start one after the other, so that one kill hits each at another moment of its turn. */
  private static List<Play> plays(String name) {
    return IntStream.range(0, SESSIONS_AT_A_TIME)
        .mapToObj(i -> Sessions.play(name + "-" + i, Duration.ofMillis(i * 300L)))
        .toList();
  }

  private static void assertOneCompleteAnswerEach(PlayResult result, String when) {
    assertThat(result.sessions()).hasSize(SESSIONS_AT_A_TIME);
    for (var session : result.sessions()) {
      assertThat(session.failure()).as(when).isEmpty();
      TurnResult turn = session.turns().getFirst();
      assertThat(turn.equalToRecorded()).as(when).isTrue();
      assertThat(turn.timeline())
          .as(when)
          .extracting(seen -> seen.event().getEvent())
          .filteredOn(Completed.class::isInstance)
          .hasSize(1);
    }
  }
}
