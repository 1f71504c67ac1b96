package io.livemind.replay.record;

import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.RecordedError;
import io.livemind.replay.recording.RecordedSegment;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TokenEstimate;
import io.livemind.replay.recording.TypedText;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.ActionReply;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Submit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn while its fragments and answers are read, each in any order to the other. */
final class RecordedTurnDraft {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedTurnDraft.class);
  private static final double MILLIS = 1_000;

  private final boolean first;
  private final long beforeMillis;
  private long startMillis;
  private final List<TypingEvent> typing = new ArrayList<>();
  private final TypedText text = new TypedText();
  private final TreeMap<Integer, Closed> segments = new TreeMap<>();
  private final TreeMap<Integer, ModelReply> inferences = new TreeMap<>();
  private Optional<ModelReply> answer = Optional.empty();
  private Optional<RecordedError> error = Optional.empty();
  private long endMillis;

  private record Closed(double seconds, int start, int end) {}

  private RecordedTurnDraft(boolean first, long beforeMillis, long startMillis) {
    this.first = first;
    this.beforeMillis = beforeMillis;
    this.startMillis = startMillis;
  }

  /** The first turn of a session, which begins when that is opened. */
  static RecordedTurnDraft opening(long openedMillis) {
    return new RecordedTurnDraft(true, openedMillis, openedMillis);
  }

  /**
   * A later turn, which begins with its first fragment that is taken.
   *
   * @param beforeMillis when the turn before ended; 0 if it goes on
   */
  static RecordedTurnDraft following(long beforeMillis) {
    return new RecordedTurnDraft(false, beforeMillis, 0);
  }

  /**
   * A fragment, in the order of its writer. What the pipeline refuses is passed over: an edit
   * outside the prompt, and a submit of another text than was typed, which its client repairs.
   */
  void type(Object content, long madeAtMillis) {
    if (!first && typing.isEmpty()) startMillis = madeAtMillis;
    double last = typing.isEmpty() ? 0 : typing.getLast().seconds();
    event(content, Math.max(last, seconds(madeAtMillis))).ifPresent(this::apply);
  }

  private Optional<TypingEvent> event(Object content, double seconds) {
    int length = text.text().length();
    return switch (content) {
      case Append append -> Optional.of(new Typed(seconds, append.getText()));
      case Replace replace ->
          Optional.of(
              new Edited(
                  seconds,
                  replace.getPosition(),
                  Math.min(replace.getDeletedLength(), Math.max(0, length - replace.getPosition())),
                  replace.getText()));
      case Boundary ignored -> Optional.of(new Bounded(seconds));
      case Submit submit
          when submit.getLength() == length && submit.getHash() == TextHash.of(text.text()) ->
          Optional.of(new Submitted(seconds));
      case Cancel ignored when length > 0 -> Optional.of(new Edited(seconds, 0, length, ""));
      default -> Optional.empty();
    };
  }

  private void apply(TypingEvent event) {
    try {
      text.apply(event);
      typing.add(event);
    } catch (IllegalArgumentException refused) {
      LOG.debug("event=fragment_passed_over reason=\"{}\"", refused.getMessage());
    }
  }

  void take(AnswerEvent event) {
    double seconds = seconds(event.getAtMillis());
    switch (event.getEvent()) {
      case SegmentClosed closed ->
          segments.put(closed.getIndex(), new Closed(seconds, closed.getStart(), closed.getEnd()));
      case Revised revised -> segments.tailMap(revised.getKeptSegments(), true).clear();
      case Inferred inferred -> {
        String reply = new ActionReply(inferred.getAction(), inferred.getText()).format();
        inferences.put(inferred.getStep(), reply(reply, inferred.getUsage(), seconds));
      }
      case Completed completed -> {
        answer = Optional.of(reply(completed.getText(), completed.getUsage(), seconds));
        endMillis = event.getAtMillis();
      }
      case Failed failed -> end(failed.getCode(), event.getAtMillis());
      case Cancelled ignored -> end(FailureCode.CANCELLED.code(), event.getAtMillis());
      default -> {}
    }
  }

  /**
   * Whether both the submit, of the text that was typed, and the end of the turn have been seen.
   */
  boolean complete() {
    return text.submitted() && (answer.isPresent() || error.isPresent());
  }

  /** Milliseconds since the epoch; 0 while it goes on. */
  long endMillis() {
    return endMillis;
  }

  /**
   * The turn, which is complete.
   *
   * @param arm that it was
   */
  Turn turn(String arm) {
    Map<String, ArmOutputs> outputs =
        answer
            .map(
                reply ->
                    Map.of(
                        arm,
                        new ArmOutputs(
                            List.copyOf(inferences.values()), reply, Optional.empty(), cut())))
            .orElse(Map.of());
    Map<String, RecordedError> errors =
        answer.isPresent() ? Map.of() : error.map(failure -> Map.of(arm, failure)).orElse(Map.of());
    double pause = beforeMillis == 0 ? 0 : Math.max(0, (startMillis - beforeMillis) / MILLIS);
    return new Turn(pause, typing, Optional.empty(), outputs, errors);
  }

  private List<RecordedSegment> cut() {
    String prompt = text.text();
    return segments.values().stream()
        .filter(closed -> closed.start() < closed.end() && closed.end() <= prompt.length())
        .map(
            closed ->
                new RecordedSegment(
                    OptionalDouble.of(closed.seconds()),
                    prompt.substring(closed.start(), closed.end())))
        .toList();
  }

  private void end(String code, long atMillis) {
    error = Optional.of(new RecordedError(OptionalDouble.of(seconds(atMillis)), code));
    endMillis = atMillis;
  }

  /** Where the backend reported no tokens, they are estimated. */
  private static ModelReply reply(String text, ModelUsage usage, double seconds) {
    int completion = usage.getCompletionTokens().orElseGet(() -> TokenEstimate.of(text));
    int prompt = usage.getPromptTokens().orElse(0);
    return ModelReply.of(text, prompt, Math.max(1, completion)).at(seconds);
  }

  private double seconds(long atMillis) {
    return Math.max(0, (atMillis - startMillis) / MILLIS);
  }
}
