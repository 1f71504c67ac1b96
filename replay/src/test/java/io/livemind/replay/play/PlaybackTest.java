package io.livemind.replay.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Submit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlaybackTest {
  private static final Arm LIVE = Arm.named("live");

  private final HandClock clock = new HandClock();
  private final long start = clock.nanoTime();
  private final SentFragments sent = new SentFragments(clock);
  private final List<String> failedSends = new ArrayList<>();

  @Test
  void fragmentsAreSentAtTheRecordedTimesDividedByTheSpeed() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ofMillis(100));
    Playback playback = playback(2, play);

    runUntil(playback, 3_000);

    assertThat(sent.contents())
        .containsExactly(
            Open.newBuilder().setOptions(LIVE.options()).build(),
            new Append("one "),
            new Append("two"),
            new Submit(7, TextHash.of("one two")));
    assertThat(sent.all().stream().map(one -> millis(one.nanos())))
        .containsExactly(100L, 600L, 1_100L, 1_600L);
    assertThat(sent.all().stream().map(one -> one.fragment().getSequence()))
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(sent.all()).allMatch(one -> one.session().equals(play.sessionId()));
  }

  @Test
  void aLateSenderIsLateOnceAndSlowsNothingDown() {
    Playback playback = playback(1, Play.of(Samples.recording("a"), LIVE, Duration.ZERO));

    // Nothing is done for 2.5 s, then everything that was due.
    clock.moveTo(start + TimeUnit.MILLISECONDS.toNanos(2_500));
    playback.act(clock.nanoTime());

    assertThat(sent.all()).hasSize(3);
    assertThat(millis(playback.nextDueNanos())).isEqualTo(3_000);
    playback.stop();
    var lateness = playback.result(true).lateness();
    assertThat(lateness.fragments()).isEqualTo(3);
    assertThat(lateness.maximumSeconds()).isCloseTo(2.5, within(0.01));
  }

  @Test
  void latencyCountsFromTheIntendedSubmit() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 2_999);
    clock.moveTo(start + TimeUnit.MILLISECONDS.toNanos(3_200));
    playback.act(clock.nanoTime());

    take(playback, play, Events.started(0), 3_300);
    take(playback, play, Events.delta(0, 0, "answer "), 3_400);
    take(playback, play, Events.delta(0, 1, "of live"), 3_500);
    take(playback, play, Events.completed(0, "answer of live"), 3_600);

    TurnResult turn = onlyTurn(playback);
    assertThat(turn.firstTokenSeconds().orElseThrow()).isCloseTo(0.4, within(1e-9));
    assertThat(turn.latencySeconds().orElseThrow()).isCloseTo(0.6, within(1e-9));
    assertThat(turn.equalToRecorded()).isTrue();
    assertThat(turn.promptLength()).isEqualTo(7);
  }

  @Test
  void theNextTurnStartsAfterTheEndOfTheOneBeforeAndItsPause() {
    Play play = Play.of(Samples.twoTurns("a"), LIVE, Duration.ZERO);
    Playback playback = playback(2, play);
    runUntil(playback, 5_000);
    assertThat(sent.all()).hasSize(4);

    take(playback, play, Events.completed(0, "answer of live"), 5_000);
    runUntil(playback, 9_000);

    var second = sent.all().subList(4, 7);
    assertThat(second).allMatch(one -> one.fragment().getTurn() == 1);
    // The end, the pause of 4 s, and the times of the turn, at twice the speed.
    assertThat(second.stream().map(one -> millis(one.nanos())))
        .containsExactly(7_500L, 8_000L, 8_500L);
    assertThat(second.getFirst().fragment().getSequence()).isEqualTo(4);
    take(playback, play, Events.completed(1, "other"), 9_000);
    assertThat(playback.done()).isTrue();
    SessionResult result = playback.result(false).sessions().getFirst();
    assertThat(result.failure()).isEmpty();
    assertThat(result.turns()).extracting(TurnResult::equalToRecorded).containsExactly(true, false);
  }

  @Test
  void aTurnWithoutEndFailsAtTheDeadline() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 3_000);
    take(playback, play, Events.delta(0, 0, "answer"), 4_000);

    runUntil(playback, 12_999);
    assertThat(playback.done()).isFalse();
    runUntil(playback, 13_000);

    assertThat(playback.done()).isTrue();
    TurnResult turn = onlyTurn(playback);
    assertThat(turn.failure()).contains("unanswered");
    assertThat(turn.latencySeconds()).isEmpty();
    assertThat(turn.equalToRecorded()).isFalse();
  }

  @Test
  void aFailedTurnEndsTheSessionWithItsCode() {
    Play play = Play.of(Samples.twoTurns("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 3_000);

    take(playback, play, Events.failed(0, "bad_request"), 3_100);
    runUntil(playback, 60_000);

    assertThat(sent.all()).hasSize(4);
    assertThat(playback.result(false).sessions().getFirst().failure()).contains("bad_request");
  }

  @Test
  void aRejectedFragmentEndsTheSessionWithItsCode() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 1_000);

    take(playback, play, Events.rejected(0, "missing_sequence"), 1_100);

    assertThat(onlyTurn(playback).failure()).contains("missing_sequence");
    runUntil(playback, 9_000);
    assertThat(sent.all()).hasSize(2);
  }

  @Test
  void anEndBeforeTheSubmitIsAFailure() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 2_000);

    take(playback, play, Events.completed(0, "answer of live"), 2_100);

    assertThat(onlyTurn(playback).failure()).contains("ended_early");
    assertThat(onlyTurn(playback).equalToRecorded()).isFalse();
  }

  @Test
  void aSessionWhoseFragmentDoesNotArriveFailsAndTheOthersGoOn() {
    Play first = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Play second = Play.of(Samples.recording("b"), LIVE, Duration.ZERO);
    Playback playback = playback(1, first, second);
    runUntil(playback, 1_000);

    sent.all().getFirst().onFailure().run();
    assertThat(failedSends).containsExactly(first.sessionId());
    playback.fail(first.sessionId(), PlayFailure.SEND_FAILED);
    runUntil(playback, 3_000);
    take(playback, second, Events.completed(0, "answer of live"), 3_100);

    assertThat(playback.done()).isTrue();
    assertThat(playback.result(false).sessions())
        .extracting(result -> result.failure().orElse("none"))
        .containsExactly("send_failed", "none");
  }

  @Test
  void whatComesTwiceIsCountedOnceAndARevisionDropsSegments() {
    Play play = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 3_000);
    for (int twice = 0; twice < 2; twice++) {
      take(playback, play, Events.segment(0, 0), 3_000);
      take(playback, play, Events.segment(0, 1), 3_000);
      take(playback, play, Events.segment(0, 2), 3_000);
      take(playback, play, Events.inferenceStarted(0, 0), 3_000);
      take(playback, play, Events.inferred(0, 0), 3_000);
    }
    take(playback, play, Events.revised(0, 1), 3_000);
    take(playback, play, Events.inferenceStarted(0, 1), 3_000);
    take(playback, play, Events.segment(0, 1), 3_000);
    take(playback, play, Events.completed(0, "answer of live"), 3_000);

    TurnResult turn = onlyTurn(playback);
    assertThat(turn.segments()).isEqualTo(2);
    assertThat(turn.inferenceCalls()).isEqualTo(2);
  }

  @Test
  void eventsOfOtherSessionsAndTurnsChangeNothing() {
    Play play = Play.of(Samples.twoTurns("a"), LIVE, Duration.ZERO);
    Playback playback = playback(1, play);
    runUntil(playback, 3_000);

    playback.take("somebody-else", Events.completed(0, "x"), clock.nanoTime());
    take(playback, play, Events.completed(1, "x"), 3_100);

    assertThat(playback.done()).isFalse();
    assertThat(playback.plays(play.sessionId())).isTrue();
    assertThat(playback.plays("somebody-else")).isFalse();
  }

  @Test
  void stoppingEndsWhatHasNotEndedAndKeepsWhatHas() {
    Play first = Play.of(Samples.recording("a"), LIVE, Duration.ZERO);
    Play second = Play.of(Samples.recording("b"), LIVE, Duration.ofSeconds(60));
    Playback playback = playback(1, first, second);
    runUntil(playback, 3_000);
    take(playback, first, Events.completed(0, "answer of live"), 3_100);

    playback.stop();

    PlayResult result = playback.result(true);
    assertThat(result.stopped()).isTrue();
    assertThat(result.sessions())
        .extracting(session -> session.failure().orElse("none"))
        .containsExactly("none", "stopped");
  }

  @Test
  void sessionsAreSpreadOverTheAnswersPartitions() {
    Playback playback =
        new Playback(
            List.of(
                Play.of(Samples.recording("a"), LIVE, Duration.ZERO),
                Play.of(Samples.recording("b"), LIVE, Duration.ZERO),
                Play.of(Samples.recording("c"), LIVE, Duration.ZERO)),
            new PlayerConfig(1, Duration.ofSeconds(10)),
            2,
            sent,
            failedSends::add,
            clock,
            Observer.NONE,
            start);
    playback.act(clock.nanoTime());

    assertThat(sent.all())
        .extracting(one -> one.fragment().getAnswersPartition())
        .containsExactlyInAnyOrder(0, 1, 0);
  }

  private Playback playback(double speed, Play... plays) {
    var config = new PlayerConfig(speed, Duration.ofSeconds(10));
    return new Playback(
        List.of(plays), config, 1, sent, failedSends::add, clock, Observer.NONE, start);
  }

  private void runUntil(Playback playback, long millis) {
    long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
    while (playback.nextDueNanos() <= end) {
      clock.moveTo(Math.max(clock.nanoTime(), playback.nextDueNanos()));
      playback.act(clock.nanoTime());
    }
    clock.moveTo(Math.max(clock.nanoTime(), end));
  }

  private void take(Playback playback, Play play, AnswerEvent event, long millis) {
    playback.take(play.sessionId(), event, start + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private TurnResult onlyTurn(Playback playback) {
    return playback.result(false).sessions().getFirst().turns().getFirst();
  }

  private long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - start);
  }
}
