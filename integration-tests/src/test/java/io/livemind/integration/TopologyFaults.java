package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What happens to topology instances while people type, and what must hold all the same: every
 * answer comes, for the text that was typed, and in one version. The simulator refuses a call that
 * holds anything but what was typed and concluded.
 */
final class TopologyFaults implements AutoCloseable {
  private static final int SESSIONS = 4;
  private static final Duration FROZEN = Duration.ofSeconds(30);

  /** What an instance that stood still for too long ends with. */
  private static final int HALTED = 70;

  private final TestPipeline pipeline = TestPipeline.startWithoutTopology(4);
  private final ExecutorService players = Executors.newSingleThreadExecutor();
  private final boolean exactlyOnce;
  private int plays;

  TopologyFaults(boolean exactlyOnce) {
    this.exactlyOnce = exactlyOnce;
    pipeline.startWorker();
  }

  /** Another instance goes on with the same state folder. */
  void killedWithItsFolder(Path folder) throws Exception {
    try (var first = instance(folder.resolve("a"));
        var second = instance(folder.resolve("a"))) {
      first.begin().awaitReady();
      Future<PlayResult> played = play();
      pause(900);
      first.kill();
      first.awaitEnd();
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  /** Another instance goes on with what is in Kafka. */
  void killedWithoutItsFolder(Path folder) throws Exception {
    try (var first = instance(folder.resolve("a"));
        var second = instance(folder.resolve("b"))) {
      first.begin().awaitReady();
      Future<PlayResult> played = play();
      pause(1_400);
      first.kill();
      first.awaitEnd();
      delete(folder.resolve("a"));
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  /** One instance, then three, then one. */
  void comeAndGo(Path folder) throws Exception {
    try (var first = instance(folder.resolve("a"));
        var second = instance(folder.resolve("b"));
        var third = instance(folder.resolve("c"))) {
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

  /** It halts when it wakes, and another one has gone on. */
  void frozen(Path folder) throws Exception {
    try (var frozen = instance(folder.resolve("a"));
        var other = instance(folder.resolve("b"))) {
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

  /** The process halts at a {@link CutPoint}, and another one goes on with its folder. */
  void cutAt(String cut, Path folder) throws Exception {
    try (var first = pipeline.prepareTopology(folder.resolve("a"), exactlyOnce, cut);
        var second = instance(folder.resolve("a"))) {
      first.begin().awaitReady();
      Future<PlayResult> played = play();
      assertThat(first.awaitEnd()).isEqualTo(CutPoint.EXIT);
      second.begin();

      assertEveryAnswerCameOnce(played);
    }
  }

  private ChildProcess instance(Path state) {
    return pipeline.prepareTopology(state, exactlyOnce, "-");
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

  /** Readers stop at the first end; the topic shows whether there was another one. */
  private void assertEveryAnswerCameOnce(Future<PlayResult> played) throws Exception {
    PlayResult result = played.get(180, TimeUnit.SECONDS);
    assertThat(result.sessions()).hasSize(SESSIONS);
    Map<String, Set<String>> ends = endsBySession();
    for (var session : result.sessions()) {
      assertThat(session.failure()).isEmpty();
      var turn = session.turns().getFirst();
      assertThat(turn.equalToRecorded()).isTrue();
      assertThat(ends.get(session.play().sessionId())).containsExactly(turn.finalText());
    }
  }

  /** What each session's only turn ended with, on the whole topic. */
  private Map<String, Set<String>> endsBySession() {
    Map<String, Set<String>> ends = new HashMap<>();
    for (var record : WholeTopic.read(pipeline.kafka(), pipeline.topics().answers())) {
      Optional<String> end =
          switch (record.value().getEvent()) {
            case Completed completed -> Optional.of(completed.getText());
            case Failed failed -> Optional.of(failed.getCode());
            case Cancelled cancelled -> Optional.of(cancelled.toString());
            default -> Optional.empty();
          };
      end.ifPresent(text -> ends.computeIfAbsent(record.key(), _ -> new HashSet<>()).add(text));
    }
    return ends;
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

  @Override
  public void close() {
    players.shutdownNow();
    pipeline.close();
  }
}
