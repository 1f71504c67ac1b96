package io.livemind.replay.play;

import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypedText;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Submit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One session while it is played: which fragment is due when, and what has come back.
 *
 * <p>Typing is open-loop: every moment is the turn's start plus the recorded time divided by the
 * speed, however long sending took. The first turn starts at a fixed moment, a later one at the end
 * of the turn before plus the recorded pause.
 *
 * <p>Threading: owned by the thread that plays.
 */
final class SessionPlay {
  /** No fragment is due, and no deadline runs. */
  static final long NEVER = Long.MAX_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Takes a fragment's turn and content. */
  interface Typist {
    void send(SessionPlay session, int turn, Object content, long intendedNanos);
  }

  private final Play play;
  private final PlayerConfig config;
  private final int answersPartition;
  private final Observer observer;
  private final List<TurnResult> results = new ArrayList<>();
  private long nextSequence;
  private boolean opened;
  private boolean ended;
  private long turnStartNanos;
  private TurnPlay turn;
  private TypedText text = new TypedText();
  private int nextEvent;

  SessionPlay(
      Play play, PlayerConfig config, int answersPartition, long startNanos, Observer observer) {
    this.play = play;
    this.config = config;
    this.answersPartition = answersPartition;
    this.observer = observer;
    this.turnStartNanos = startNanos + play.startOffset().toNanos();
    this.turn = begin(0);
  }

  Play play() {
    return play;
  }

  boolean ended() {
    return ended;
  }

  /** When {@link #act} is due: the next fragment, or the turn's deadline. */
  long dueNanos() {
    if (ended) return NEVER;
    if (!opened) return turnStartNanos;
    List<TypingEvent> typing = recorded().typing();
    return nextEvent < typing.size()
        ? intended(typing.get(nextEvent))
        : turn.submitNanos() + config.turnDeadline().toNanos();
  }

  /** Does the one thing that is due. */
  void act(Typist typist) {
    if (!opened) {
      open(typist);
    } else if (nextEvent < recorded().typing().size()) {
      type(recorded().typing().get(nextEvent++), typist);
    } else {
      fail(PlayFailure.UNANSWERED.code());
    }
  }

  /** Takes an event of the session. */
  void take(AnswerEvent event, long nanos) {
    if (ended || event.getTurn() != turn.turn()) return;
    AnswerFold.Change change = turn.take(event, nanos);
    switch (event.getEvent()) {
      case SegmentClosed closed -> observer.segmentClosed(play, turn.turn(), closed);
      case Inferred inferred -> observer.inferred(play, turn.turn(), inferred);
      default -> {}
    }
    if (!(change instanceof AnswerFold.Unchanged))
      observer.answerChanged(play, turn.turn(), change);
    if (!turn.ended()) return;
    boolean early = nextEvent < recorded().typing().size();
    if (turn.failure().isPresent()) endSession(turn.failure());
    else if (early) endSession(Optional.of(PlayFailure.ENDED_EARLY.code()));
    else endTurn(nanos);
  }

  /** Ends the session without an answer to the turn that is played. */
  void fail(String code) {
    if (ended) return;
    turn.fail(code);
    endSession(Optional.of(code));
  }

  SessionResult result() {
    if (!ended) throw new IllegalStateException("the session is still played");
    Optional<String> failure = results.getLast().failure();
    return new SessionResult(play, results, failure);
  }

  /** The number of the next fragment; counts from 0. */
  long takeSequence() {
    return nextSequence++;
  }

  /** Where the session's answers are to be written. */
  int answersPartition() {
    return answersPartition;
  }

  private void open(Typist typist) {
    opened = true;
    var open = Open.newBuilder().setOptions(play.arm().options()).build();
    typist.send(this, 0, open, turnStartNanos);
    observer.started(play);
  }

  private void type(TypingEvent event, Typist typist) {
    text.apply(event);
    Object content =
        switch (event) {
          case Typed typed -> new Append(typed.text());
          case Edited edited ->
              new Replace(edited.position(), edited.deletedLength(), edited.text());
          case Bounded ignored -> new Boundary();
          case Submitted ignored -> new Submit(text.text().length(), TextHash.of(text.text()));
        };
    typist.send(this, turn.turn(), content, intended(event));
    switch (event) {
      case Typed ignored -> observer.typed(play, turn.turn(), text.text());
      case Edited ignored -> observer.typed(play, turn.turn(), text.text());
      case Submitted ignored -> observer.submitted(play, turn.turn());
      case Bounded ignored -> {}
    }
  }

  private void endTurn(long nanos) {
    int next = turn.turn() + 1;
    if (next == play.recording().turns().size()) {
      endSession(Optional.empty());
      return;
    }
    TurnResult result = turn.result(Optional.empty());
    results.add(result);
    observer.turnEnded(play, result);
    double pauseSeconds = play.recording().turns().get(next).pauseSeconds();
    turnStartNanos = nanos + nanos(pauseSeconds);
    turn = begin(next);
  }

  private void endSession(Optional<String> failure) {
    ended = true;
    TurnResult result = turn.result(failure);
    results.add(result);
    observer.turnEnded(play, result);
    observer.sessionEnded(play, result());
  }

  private TurnPlay begin(int number) {
    Turn recorded = play.recording().turns().get(number);
    text = new TypedText();
    nextEvent = 0;
    Optional<String> answer =
        Optional.ofNullable(recorded.outputs().get(play.arm().outputs()))
            .map(ArmOutputs::answerText);
    long submit = turnStartNanos + nanos(recorded.typingSeconds());
    return new TurnPlay(number, recorded.prompt().length(), submit, answer);
  }

  private Turn recorded() {
    return play.recording().turns().get(turn.turn());
  }

  private long intended(TypingEvent event) {
    return turnStartNanos + nanos(event.seconds());
  }

  private long nanos(double recordedSeconds) {
    return Math.round(recordedSeconds / config.speed() * NANOS_PER_SECOND);
  }
}
