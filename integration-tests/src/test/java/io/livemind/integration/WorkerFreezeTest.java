package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that freezes is as good as dead, and when it thaws, what it says comes too late. */
class WorkerFreezeTest {
  private static final int SESSIONS_AT_A_TIME = 3;
  private static final Duration REDISPATCH = Duration.ofSeconds(5);

  /** Claims of the round before one is frozen: among first inferences, and among answers. */
  private static final int[] CLAIMS_BEFORE = {1, 8};

  private static final Duration UNTIL_HELD = Duration.ofSeconds(60);

  /** A worker that stands still while it holds a task, since then (milliseconds of the epoch). */
  private record Frozen(String id, ChildProcess process, long sinceMillis) {}

  @Test
  void aWorkerThatFreezesInTheMiddleOfCallsCostsNoAnswerAndItsLateRecordsChangeNothing(
      @TempDir Path state) throws Exception {
    Map<String, ChildProcess> workers = new TreeMap<>();
    try (var pipeline = TestPipeline.start(state);
        var time = FairTime.watching();
        ExecutorService players = Executors.newSingleThreadExecutor()) {
      workers.put("w0", pipeline.prepareWorker("w0").begin().awaitReady());
      for (int round = 0; round < CLAIMS_BEFORE.length; round++) {
        String next = "w" + (round + 1);
        workers.put(next, pipeline.prepareWorker(next).begin().awaitReady());
        List<Play> plays = plays("freeze" + round);
        Future<PlayResult> result = players.submit(() -> pipeline.play(plays));
        Frozen frozen = freezeInTheMiddle(pipeline, workers, plays, CLAIMS_BEFORE[round]);

        assertOneCompleteAnswerEach(result.get(180, TimeUnit.SECONDS));
        assertHeldTasksWereDispatchedAgainInTime(pipeline, frozen, time.of(REDISPATCH));
        Map<String, String> shown = shown(pipeline, plays);
        frozen.process().thaw();
        awaitLateOutcomes(pipeline, frozen.id());
        assertThat(shown(pipeline, plays)).isEqualTo(shown);
        frozen.process().close();
        workers.remove(frozen.id());
      }
    } finally {
      workers.values().forEach(ChildProcess::close);
    }
  }

  /** Freezes whichever worker holds a task, once the sessions have so many claims. */
  private static Frozen freezeInTheMiddle(
      TestPipeline pipeline, Map<String, ChildProcess> workers, List<Play> plays, int claims) {
    return await()
        .atMost(UNTIL_HELD)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              var results = results(pipeline);
              if (claimsOf(results, plays) < claims) return Optional.<Frozen>empty();
              return workers.entrySet().stream()
                  .filter(worker -> !openExecutions(results, worker.getKey()).isEmpty())
                  .flatMap(worker -> freeze(pipeline, worker.getKey(), worker.getValue()).stream())
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Empty if its last call had ended meanwhile: it goes on then. */
  private static Optional<Frozen> freeze(TestPipeline pipeline, String id, ChildProcess worker) {
    worker.freeze();
    long sinceMillis = System.currentTimeMillis();
    if (!openExecutions(results(pipeline), id).isEmpty()) {
      return Optional.of(new Frozen(id, worker, sinceMillis));
    }
    worker.thaw();
    return Optional.empty();
  }

  private static long claimsOf(List<ConsumerRecord<String, Result>> results, List<Play> plays) {
    return claims(results)
        .filter(claim -> plays.stream().anyMatch(play -> play.sessionId().equals(claim.key())))
        .count();
  }

  private static List<Play> plays(String name) {
    return IntStream.range(0, SESSIONS_AT_A_TIME)
        .mapToObj(i -> Sessions.play(name + "-" + i, Duration.ofMillis(i * 300L)))
        .toList();
  }

  private static void assertOneCompleteAnswerEach(PlayResult result) {
    assertThat(result.sessions()).hasSize(SESSIONS_AT_A_TIME);
    assertThat(result.sessions())
        .allSatisfy(
            session -> {
              assertThat(session.failure()).isEmpty();
              assertThat(session.equalToRecorded()).isTrue();
              assertThat(session.turns().getFirst().timeline())
                  .extracting(seen -> seen.event().getEvent())
                  .filteredOn(Completed.class::isInstance)
                  .hasSize(1);
            });
  }

  private static List<ConsumerRecord<String, Result>> results(TestPipeline pipeline) {
    return WholeTopic.read(pipeline.kafka(), pipeline.topics().inferenceResults());
  }

  /** Executions that this worker has claimed and not ended. */
  private static Set<String> openExecutions(
      List<ConsumerRecord<String, Result>> results, String worker) {
    Set<String> ended =
        results.stream()
            .map(record -> record.value().getEvent())
            .filter(Outcome.class::isInstance)
            .map(outcome -> ((Outcome) outcome).getExecution())
            .collect(Collectors.toSet());
    return claimsOf(results, worker)
        .map(Claim::getExecution)
        .filter(execution -> !ended.contains(execution))
        .collect(Collectors.toSet());
  }

  private static Stream<Claim> claimsOf(
      List<ConsumerRecord<String, Result>> results, String worker) {
    return claims(results)
        .map(record -> (Claim) record.value().getEvent())
        .filter(claim -> claim.getWorker().equals(worker));
  }

  private static Stream<ConsumerRecord<String, Result>> claims(
      List<ConsumerRecord<String, Result>> results) {
    return results.stream().filter(record -> record.value().getEvent() instanceof Claim);
  }

  private static void assertHeldTasksWereDispatchedAgainInTime(
      TestPipeline pipeline, Frozen frozen, Duration time) {
    var results = results(pipeline);
    Set<String> open = openExecutions(results, frozen.id());
    Set<String> openTasks =
        claims(results)
            .map(record -> (Claim) record.value().getEvent())
            .filter(claim -> open.contains(claim.getExecution()))
            .map(Claim::getTaskId)
            .collect(Collectors.toSet());
    assertThat(openTasks).as("tasks that the frozen worker held").isNotEmpty();
    Map<String, Long> again = new TreeMap<>();
    for (var topic : List.of(pipeline.topics().inferenceTasks(), pipeline.topics().answerTasks()))
      for (var record : WholeTopic.read(pipeline.kafka(), topic)) {
        Task task = record.value();
        long millis = task.getDispatchedAtMillis() - frozen.sinceMillis();
        if (openTasks.contains(task.getTaskId()) && millis > 0)
          again.putIfAbsent(task.getTaskId(), millis);
      }
    assertThat(again.values())
        .allSatisfy(millis -> assertThat(millis).isLessThanOrEqualTo(time.toMillis()));
  }

  private static void awaitLateOutcomes(TestPipeline pipeline, String worker) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> openExecutions(results(pipeline), worker).isEmpty());
  }

  /** What a reader sees of each session who reads everything. */
  private static Map<String, String> shown(TestPipeline pipeline, List<Play> plays) {
    Map<String, AnswerFold> folds = new TreeMap<>();
    plays.forEach(play -> folds.put(play.sessionId(), new AnswerFold()));
    WholeTopic.read(pipeline.kafka(), pipeline.topics().answers())
        .forEach(
            record ->
                Optional.ofNullable(folds.get(record.key()))
                    .ifPresent(fold -> fold.apply(record.value())));
    Map<String, String> shown = new TreeMap<>();
    folds.forEach((session, fold) -> shown.put(session, fold.text()));
    return shown;
  }
}
