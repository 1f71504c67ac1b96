package io.livemind.replay.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * By how much an arm is faster than another, over the recordings that both have answered.
 *
 * @param arm the faster one, one hopes
 * @param baseline what it is compared with
 * @param classes all recordings first, then the longer and longer ones
 */
public record Cut(String arm, String baseline, List<LengthClass> classes) {
  /** The classes of the paper, by the recorded number of model calls, one per sentence and one. */
  private static final int[] MORE_THAN_CALLS = {0, 5, 10, 15, 20};

  public Cut {
    classes = List.copyOf(classes);
  }

  /**
   * The cut of one class of length.
   *
   * @param moreThanCalls the recorded run of the arm made more model calls than that
   * @param recordings in the class
   * @param measured 1 − mean latency / mean latency of the baseline
   * @param recorded the same of the recorded runs, where they were recorded
   */
  public record LengthClass(
      int moreThanCalls, int recordings, double measured, OptionalDouble recorded) {}

  /** One recording in both arms. */
  private record Pair(SessionFigures arm, SessionFigures baseline) {}

  static Cut of(
      String arm, String baseline, List<SessionFigures> sessions, List<SessionFigures> compared) {
    Map<String, SessionFigures> byRecording = new HashMap<>();
    for (SessionFigures one : compared)
      if (one.latencySeconds().isPresent()) byRecording.put(one.play().recording().id(), one);
    List<Pair> pairs =
        sessions.stream()
            .filter(one -> one.latencySeconds().isPresent())
            .filter(one -> byRecording.containsKey(one.play().recording().id()))
            .map(one -> new Pair(one, byRecording.getOrDefault(one.play().recording().id(), one)))
            .toList();
    List<LengthClass> classes =
        IntStream.of(MORE_THAN_CALLS).mapToObj(calls -> lengthClass(calls, pairs)).toList();
    return new Cut(arm, baseline, classes.stream().filter(one -> one.recordings() > 0).toList());
  }

  private static LengthClass lengthClass(int moreThanCalls, List<Pair> all) {
    List<Pair> pairs =
        all.stream().filter(pair -> pair.arm().recordedCalls() > moreThanCalls).toList();
    boolean recorded =
        pairs.stream()
            .allMatch(
                pair ->
                    pair.arm().recordedLatencySeconds().isPresent()
                        && pair.baseline().recordedLatencySeconds().isPresent());
    return new LengthClass(
        moreThanCalls,
        pairs.size(),
        cut(pairs, one -> one.latencySeconds().orElseThrow()),
        recorded
            ? OptionalDouble.of(cut(pairs, one -> one.recordedLatencySeconds().orElseThrow()))
            : OptionalDouble.empty());
  }

  private static double cut(List<Pair> pairs, ToDoubleFunction<SessionFigures> seconds) {
    double arm = pairs.stream().mapToDouble(pair -> seconds.applyAsDouble(pair.arm())).sum();
    double baseline =
        pairs.stream().mapToDouble(pair -> seconds.applyAsDouble(pair.baseline())).sum();
    return 1 - arm / baseline;
  }
}
