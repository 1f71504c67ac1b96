package io.livemind.replay.report;

import io.livemind.replay.Arm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures of one arm over its sessions.
 *
 * @param arm that was replayed
 * @param sessions all of them
 * @param failures how many sessions failed, by code
 * @param recorded sessions whose recordings tell what was answered in this arm
 * @param equalToRecorded sessions all of whose answers are the recorded ones
 * @param differentFromRecorded sessions that were answered, but not with the recorded text
 * @param latency from submit to the end of the answer, of the sessions that did not fail
 * @param firstToken from submit to the first text, of the same sessions
 * @param overhead latency in which no model worked for the session, of the same sessions
 * @param modelMeanSeconds mean latency in which a model worked for the session, where known
 * @param recordedMeanSeconds mean latency of the recorded runs of the same sessions, at their own
 *     speed
 * @param accuracy share of right answers of the sessions that did not fail, where all prompts are
 *     test questions; empty where simulated answers say nothing of the memory before them
 * @param recordedAccuracy share of right answers in the recorded runs of the same sessions
 * @param meanPromptLength UTF-16 units
 * @param meanSegments of a session
 * @param meanInferenceCalls of a session
 * @param segmentMatch where prompts were cut, against the recorded runs, where they tell
 * @param counts recorded outputs against what was asked for, of all sessions
 * @param tokens of all calls, of all sessions
 */
public record ArmFigures(
    Arm arm,
    int sessions,
    Map<String, Integer> failures,
    int recorded,
    int equalToRecorded,
    int differentFromRecorded,
    Optional<Distribution> latency,
    Optional<Distribution> firstToken,
    Optional<Distribution> overhead,
    OptionalDouble modelMeanSeconds,
    OptionalDouble recordedMeanSeconds,
    OptionalDouble accuracy,
    OptionalDouble recordedAccuracy,
    double meanPromptLength,
    double meanSegments,
    double meanInferenceCalls,
    Optional<SegmentMatch> segmentMatch,
    Optional<ServedModels.Counts> counts,
    Optional<ServedModels.Tokens> tokens) {

  static ArmFigures of(Arm arm, List<SessionFigures> sessions) {
    List<SessionFigures> whole =
        sessions.stream().filter(session -> session.latencySeconds().isPresent()).toList();
    return new ArmFigures(
        arm,
        sessions.size(),
        failures(sessions),
        (int) sessions.stream().filter(session -> session.play().recorded()).count(),
        (int) sessions.stream().filter(session -> session.result().equalToRecorded()).count(),
        (int) sessions.stream().filter(SessionFigures::different).count(),
        distribution(whole, SessionFigures::latencySeconds),
        distribution(whole, SessionFigures::firstTokenSeconds),
        distribution(whole, SessionFigures::overheadSeconds),
        mean(whole, SessionFigures::modelSeconds),
        mean(whole, SessionFigures::recordedLatencySeconds),
        accuracy(whole, SessionFigures::correct),
        accuracy(whole, SessionFigures::recordedCorrect),
        meanOf(sessions, SessionFigures::promptLength),
        meanOf(sessions, SessionFigures::segments),
        meanOf(sessions, SessionFigures::inferenceCalls),
        SegmentMatch.of(sessions),
        sessions.stream()
            .flatMap(session -> session.counts().stream())
            .reduce(ServedModels.Counts::plus),
        sessions.stream()
            .flatMap(session -> session.tokens().stream())
            .reduce(ServedModels.Tokens::plus));
  }

  /** Sessions that failed. */
  public int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<String, Integer> failures(List<SessionFigures> sessions) {
    return sessions.stream()
        .flatMap(session -> session.result().failure().stream())
        .collect(Collectors.toMap(code -> code, code -> 1, Integer::sum, TreeMap::new));
  }

  private static Optional<Distribution> distribution(
      List<SessionFigures> sessions, Function<SessionFigures, OptionalDouble> figure) {
    return Distribution.of(
        sessions.stream().map(figure).flatMapToDouble(OptionalDouble::stream).toArray());
  }

  /** Empty where one session does not have the figure. */
  private static OptionalDouble mean(
      List<SessionFigures> sessions, Function<SessionFigures, OptionalDouble> figure) {
    return sessions.stream().map(figure).allMatch(OptionalDouble::isPresent)
        ? sessions.stream().map(figure).mapToDouble(OptionalDouble::orElseThrow).average()
        : OptionalDouble.empty();
  }

  /** Empty where one session does not tell, or there is none. */
  private static OptionalDouble accuracy(
      List<SessionFigures> sessions, Function<SessionFigures, Optional<Boolean>> correct) {
    List<Boolean> known = sessions.stream().flatMap(one -> correct.apply(one).stream()).toList();
    return known.size() == sessions.size()
        ? known.stream().mapToDouble(right -> right ? 1 : 0).average()
        : OptionalDouble.empty();
  }

  private static double meanOf(
      List<SessionFigures> sessions, ToDoubleFunction<SessionFigures> figure) {
    return sessions.stream().mapToDouble(figure).average().orElse(0);
  }
}
