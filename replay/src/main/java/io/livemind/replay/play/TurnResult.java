package io.livemind.replay.play;

import io.livemind.schemas.avro.AnswerEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured of one turn.
 *
 * @param turn from 0
 * @param promptLength UTF-16 units of the submitted prompt
 * @param segments of the prompt, as the pipeline cut it in the end
 * @param inferenceCalls that the pipeline started for it
 * @param submitNanos when the submit was intended, on the player's monotonic clock
 * @param firstTokenNanos when the first text of the answer came, if any
 * @param endNanos when the end of the turn came; empty if none came in time
 * @param finalText the answer as it was shown in the end
 * @param equalToRecorded whether that is the recorded answer, unit by unit; not where none was
 *     recorded
 * @param failure code, see {@link io.livemind.schemas.FailureCode} and {@link PlayFailure}; empty
 *     for a whole answer
 * @param timeline all events of the turn but the deltas, in the order in which they came
 */
public record TurnResult(
    int turn,
    int promptLength,
    int segments,
    int inferenceCalls,
    long submitNanos,
    OptionalLong firstTokenNanos,
    OptionalLong endNanos,
    String finalText,
    boolean equalToRecorded,
    Optional<String> failure,
    List<Seen> timeline) {
  private static final double NANOS_PER_SECOND = 1e9;

  public TurnResult {
    timeline = List.copyOf(timeline);
  }

  /** An event and when it came, on the player's monotonic clock. */
  public record Seen(long nanos, AnswerEvent event) {}

  /** From the intended submit to the first text; below 0 for text that came before the submit. */
  public OptionalDouble firstTokenSeconds() {
    return sinceSubmit(firstTokenNanos);
  }

  /** The response latency: from the intended submit to the end of a whole answer. */
  public OptionalDouble latencySeconds() {
    return failure.isPresent() ? OptionalDouble.empty() : sinceSubmit(endNanos);
  }

  private OptionalDouble sinceSubmit(OptionalLong nanos) {
    return nanos.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((nanos.getAsLong() - submitNanos) / NANOS_PER_SECOND);
  }
}
