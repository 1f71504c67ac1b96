package io.livemind.replay.play;

import io.livemind.replay.play.TurnResult.Seen;
import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.AnswerFold.Appended;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.AnswerFold.Complete;
import io.livemind.schemas.AnswerFold.Ended;
import io.livemind.schemas.AnswerFold.Failure;
import io.livemind.schemas.AnswerFold.Interrupted;
import io.livemind.schemas.AnswerFold.Replaced;
import io.livemind.schemas.AnswerFold.Unchanged;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is seen of one turn while it is played. Events may come twice, as the pipeline delivers at
 * least once: each is counted once.
 *
 * <p>Threading: owned by the thread that plays.
 */
final class TurnPlay {
  private final int turn;
  private final int promptLength;
  private final long submitNanos;
  private final Optional<String> recordedAnswer;
  private final AnswerFold fold = new AnswerFold();
  private final TreeSet<Integer> segments = new TreeSet<>();
  private final Set<Integer> inferenceSteps = new TreeSet<>();
  private final List<Seen> timeline = new ArrayList<>();
  private OptionalLong firstTokenNanos = OptionalLong.empty();
  private OptionalLong endNanos = OptionalLong.empty();
  private Optional<String> failure = Optional.empty();

  TurnPlay(int turn, int promptLength, long submitNanos, Optional<String> recordedAnswer) {
    this.turn = turn;
    this.promptLength = promptLength;
    this.submitNanos = submitNanos;
    this.recordedAnswer = recordedAnswer;
  }

  int turn() {
    return turn;
  }

  long submitNanos() {
    return submitNanos;
  }

  /** Whether the turn is over, with an answer or without. */
  boolean ended() {
    return endNanos.isPresent() || failure.isPresent();
  }

  Optional<String> failure() {
    return failure;
  }

  /**
   * Takes the next event of this turn.
   *
   * @return what it did to the shown answer
   */
  Change take(AnswerEvent event, long nanos) {
    if (!(event.getEvent() instanceof Delta)) timeline.add(new Seen(nanos, event));
    switch (event.getEvent()) {
      case SegmentClosed closed -> segments.add(closed.getIndex());
      case Revised revised -> segments.tailSet(revised.getKeptSegments()).clear();
      case InferenceStarted started -> inferenceSteps.add(started.getStep());
      case Inferred inferred -> inferenceSteps.add(inferred.getStep());
      case InferenceDropped dropped -> inferenceSteps.add(dropped.getStep());
      // The player sends each fragment once and in order: a rejected one will not come again.
      case Rejected rejected -> fail(rejected.getCode());
      default -> {}
    }
    Change change = fold.apply(event);
    switch (change) {
      case Appended appended -> text(appended.text(), nanos);
      case Replaced replaced -> text(replaced.text(), nanos);
      case Ended ended -> end(ended, nanos);
      case Unchanged ignored -> {}
    }
    return change;
  }

  /** Ends the turn without an answer, unless it has ended. */
  void fail(String code) {
    if (!ended()) failure = Optional.of(code);
  }

  /**
   * What was measured.
   *
   * @param ending the failure that the turn ends with, if its own events tell none
   */
  TurnResult result(Optional<String> ending) {
    Optional<String> told = failure.or(() -> ending);
    boolean equal = told.isEmpty() && recordedAnswer.filter(fold.text()::equals).isPresent();
    return new TurnResult(
        turn,
        promptLength,
        segments.size(),
        inferenceSteps.size(),
        submitNanos,
        firstTokenNanos,
        endNanos,
        fold.text(),
        equal,
        told,
        timeline);
  }

  private void text(String text, long nanos) {
    if (firstTokenNanos.isEmpty() && !text.isEmpty()) firstTokenNanos = OptionalLong.of(nanos);
  }

  private void end(Ended ended, long nanos) {
    if (failure.isPresent()) return;
    endNanos = OptionalLong.of(nanos);
    text(fold.text(), nanos);
    failure =
        switch (ended.end()) {
          case Complete ignored -> Optional.empty();
          case Failure failed -> Optional.of(failed.event().getCode());
          case Interrupted ignored -> Optional.of(FailureCode.CANCELLED.code());
        };
  }
}
