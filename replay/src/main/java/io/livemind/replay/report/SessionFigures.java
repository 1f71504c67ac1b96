package io.livemind.replay.report;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.RecordedFigures;
import io.livemind.replay.recording.Recording.Question;
import io.livemind.replay.recording.Recording.Turn;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The figures of one session, in seconds; means over its turns, sums for lengths and counts.
 *
 * @param result what was measured
 * @param promptLength UTF-16 units of all prompts
 * @param segments of all prompts
 * @param inferenceCalls of all turns
 * @param firstTokenSeconds from submit to the first text; empty for a session that failed, and
 *     where no answer had any text
 * @param latencySeconds from submit to the end; empty for a session that failed
 * @param overheadSeconds latency in which no model worked for the session; empty where that is not
 *     known, or the session failed
 * @param recordedLatencySeconds of the recorded run at its own speed, where it was recorded
 * @param recordedCalls model calls of the recorded run, of the turn that has most; 0 if there is
 *     none
 * @param correct whether every turn chose the right option; an answer that names none is wrong.
 *     Empty for a session that failed, where a prompt is no test question, and where simulated
 *     answers say nothing of the memory before them
 * @param counts recorded outputs against what was asked for, where known
 * @param tokens of the session's calls, where known
 */
public record SessionFigures(
    SessionResult result,
    int promptLength,
    int segments,
    int inferenceCalls,
    OptionalDouble firstTokenSeconds,
    OptionalDouble latencySeconds,
    OptionalDouble overheadSeconds,
    OptionalDouble recordedLatencySeconds,
    int recordedCalls,
    Optional<Boolean> correct,
    Optional<ServedModels.Counts> counts,
    Optional<ServedModels.Tokens> tokens) {
  private static final double NANOS_PER_SECOND = 1e9;

  static SessionFigures of(SessionResult result, ServedModels models) {
    boolean whole = result.failure().isEmpty();
    Play play = result.play();
    var turns = result.turns();
    return new SessionFigures(
        result,
        turns.stream().mapToInt(TurnResult::promptLength).sum(),
        turns.stream().mapToInt(TurnResult::segments).sum(),
        turns.stream().mapToInt(TurnResult::inferenceCalls).sum(),
        whole ? result.meanFirstTokenSeconds() : OptionalDouble.empty(),
        whole ? OptionalDouble.of(result.meanLatencySeconds()) : OptionalDouble.empty(),
        whole ? overhead(turns, models.times(play.sessionId())) : OptionalDouble.empty(),
        recordedLatency(play),
        outputs(play).mapToInt(ArmOutputs::calls).max().orElse(0),
        correct(result, models),
        models.counts(play.sessionId()),
        models.tokens(play.sessionId()));
  }

  Play play() {
    return result.play();
  }

  /** Whether it was answered, but not with the recorded answer; not where none was recorded. */
  boolean different() {
    return latencySeconds.isPresent() && play().recorded() && !result.equalToRecorded();
  }

  /** Latency in which a model worked for the session: the service times on its critical path. */
  OptionalDouble modelSeconds() {
    return latencySeconds.isPresent() && overheadSeconds.isPresent()
        ? OptionalDouble.of(latencySeconds.getAsDouble() - overheadSeconds.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the recorded answer of every turn was right; empty where that is not known. */
  Optional<Boolean> recordedCorrect() {
    return outputs(play())
        .map(outputs -> outputs.figures().flatMap(RecordedFigures::correct))
        .reduce((left, right) -> left.flatMap(one -> right.map(other -> one && other)))
        .orElse(Optional.empty());
  }

  private static Optional<Boolean> correct(SessionResult result, ServedModels models) {
    var asked = result.play().recording().turns();
    boolean told =
        result.failure().isEmpty()
            && asked.stream().allMatch(turn -> turn.question().isPresent())
            && (!models.simulated() || result.play().arm().asRecorded());
    return told
        ? Optional.of(result.turns().stream().allMatch(turn -> correct(turn, asked)))
        : Optional.empty();
  }

  private static boolean correct(TurnResult turn, List<Turn> asked) {
    Optional<String> right = asked.get(turn.turn()).question().map(Question::answerLetter);
    return right.equals(AnswerLetter.of(turn.finalText()));
  }

  private static Stream<ArmOutputs> outputs(Play play) {
    return play.recording().turns().stream()
        .flatMap(turn -> Stream.ofNullable(turn.outputs().get(play.arm().outputs())));
  }

  private static OptionalDouble recordedLatency(Play play) {
    if (!play.recorded() || outputs(play).anyMatch(outputs -> outputs.figures().isEmpty()))
      return OptionalDouble.empty();
    return outputs(play)
        .mapToDouble(outputs -> outputs.figures().orElseThrow().latencySeconds())
        .average();
  }

  private static OptionalDouble overhead(
      List<TurnResult> turns, Optional<List<Interval>> serviceTimes) {
    if (serviceTimes.isEmpty()) return OptionalDouble.empty();
    return turns.stream()
        .map(turn -> new Interval(turn.submitNanos(), turn.endNanos().orElseThrow()))
        .mapToDouble(response -> response.length() - response.coveredBy(serviceTimes.orElseThrow()))
        .map(nanos -> nanos / NANOS_PER_SECOND)
        .average();
  }
}
