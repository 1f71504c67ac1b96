package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.schemas.avro.Completed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A topology instance may die, freeze, come and go at any moment of a turn: every answer comes, for
 * the text that was typed, and in one version. The simulator refuses a call that holds anything but
 * what was typed and concluded.
 */
@SuppressWarnings("NullAway.Init")
@Tag("long")
class TopologyFaultsTest {
  private static final int SESSIONS = 4;
  private static final Duration FROZEN = Duration.ofSeconds(30);

  /** What an instance that stood still for too long ends with. */
  private static final int HALTED = 70;

  private static TestPipeline pipeline;
  private static int plays;

  @TempDir Path folder;
  private final ExecutorService players = Executors.newSingleThreadExecutor();

  @BeforeAll
  static void start() {
    pipeline = TestPipeline.startWithoutTopology(4);
    pipeline.startWorker();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @AfterEach
  void closePlayers() {
    players.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInstanceThatIsKilledInTheMiddleOfTurnsIsReplacedWithItsStateFolder(boolean exactlyOnce)
      throws Exception {
    killAndReplace(exactlyOnce, 900);
  }

  @Test
  void anInstanceThatIsKilledIsReplacedWithoutItsStateFolder() throws Exception {
    var first = instance("a", false).begin().awaitReady();
    try (var second = instance("b", false)) {
      Future<PlayResult> played = play();
      pause(1_400);
      first.kill();
      delete(folder.resolve("a"));
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  private void killAndReplace(boolean exactlyOnce, int millis) throws Exception {
    var first = instance("a", exactlyOnce).begin().awaitReady();
    try (var second = instance("a", exactlyOnce)) {
      Future<PlayResult> played = play();
      pause(millis);
      first.kill();
      first.awaitEnd();
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  @Test
  void whenInstancesComeAndGoUnderLoadTheOthersGoOn() throws Exception {
    try (var first = instance("a", false);
        var second = instance("b", false);
        var third = instance("c", false)) {
      first.begin().awaitReady();
      Future<PlayResult> played = play();
      second.begin();
      third.begin();
      second.awaitReady();
      third.awaitReady();
      Future<PlayResult> playedByThree = play();
      pause(1_000);
      second.kill();
      third.kill();

      assertEveryAnswerCameOnce(played);
      assertEveryAnswerCameOnce(playedByThree);
    }
  }

  @Test
  void anInstanceThatStoodStillHaltsInsteadOfWritingWhatIsNoLongerIts() throws Exception {
    try (var frozen = instance("a", false);
        var other = instance("b", false)) {
      frozen.begin().awaitReady();
      other.begin().awaitReady();
      Future<PlayResult> played = play();
      pause(800);
      frozen.freeze();
      pause(FROZEN.toMillis());
      frozen.thaw();

      assertThat(frozen.awaitEnd()).isEqualTo(HALTED);
      assertEveryAnswerCameOnce(played);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions-changelog send 20",
        "sessions-changelog ack 33",
        "answers send 6",
        "inference-tasks send 2",
        "answer-tasks ack 1",
      })
  void aCutBetweenChangelogOutputAndCommitLosesAndDoublesNothing(String cut) throws Exception {
    try (var first = instance("a", false, cut);
        var second = instance("a", false)) {
      first.begin().awaitReady();
      Future<PlayResult> played = play();
      assertThat(first.awaitEnd()).isEqualTo(CutPoint.EXIT);
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  private ChildProcess instance(String state, boolean exactlyOnce) {
    return instance(state, exactlyOnce, "-");
  }

  private ChildProcess instance(String state, boolean exactlyOnce, String cut) {
    return pipeline.prepareTopology(folder.resolve(state), exactlyOnce, cut);
  }

  /** They start one after the other, so that a fault hits each at another moment of its turn. */
  private Future<PlayResult> play() {
    String name = "play" + plays++;
    List<Play> sessions =
        IntStream.range(0, SESSIONS)
            .mapToObj(i -> Sessions.play(name + "-" + i, Duration.ofMillis(i * 300L)))
            .toList();
    return players.submit(() -> pipeline.play(sessions));
  }

  private static void assertEveryAnswerCameOnce(Future<PlayResult> played) throws Exception {
    PlayResult result = played.get(90, TimeUnit.SECONDS);
    assertThat(result.sessions()).hasSize(SESSIONS);
    for (var session : result.sessions()) {
      assertThat(session.failure()).isEmpty();
      var turn = session.turns().getFirst();
      assertThat(turn.equalToRecorded()).isTrue();
      List<String> ends =
          turn.timeline().stream()
              .map(seen -> seen.event().getEvent())
              .filter(Completed.class::isInstance)
              .map(end -> ((Completed) end).getText())
              .distinct()
              .toList();
      assertThat(ends).hasSize(1);
    }
  }

  /** The fault comes at this moment of the play: it is what the test is about. */
  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
