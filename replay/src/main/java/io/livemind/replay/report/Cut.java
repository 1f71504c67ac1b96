package io.livemind.replay.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * By how much an arm is faster than another, over the recordings that both have answered.
 *
 * @param arm the faster one, one hopes
 * @param baseline what it is compared with
 * @param classes all recordings first, then the longer and longer ones, where any were recorded;
 *     none if no recording was answered in both arms
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
   * @param moreThanCalls the recorded run of the arm made more model calls than that; 0 for all
   * @param recordings in the class
   * @param measured 1 − mean latency / mean latency of the baseline
   * @param model the same of the service times on the critical path, where they are known
   * @param recorded the same of the recorded runs, where they were recorded
   */
  public record LengthClass(
      int moreThanCalls,
      int recordings,
      double measured,
      OptionalDouble model,
      OptionalDouble recorded) {}

  /** Of a class that is worth a row; fewer are single sessions. */
  private static final int FEWEST_SHOWN = 3;

  /** The classes that tell a reader something: not those of a few, or of the same recordings. */
  List<LengthClass> shown() {
    var shown = new ArrayList<LengthClass>();
    for (LengthClass one : classes) {
      boolean all = one.moreThanCalls() == 0;
      boolean fewer = !shown.isEmpty() && one.recordings() < shown.getLast().recordings();
      if (all || fewer && one.recordings() >= FEWEST_SHOWN) shown.add(one);
    }
    return shown;
  }

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
        all.stream()
            .filter(pair -> moreThanCalls == 0 || pair.arm().recordedCalls() > moreThanCalls)
            .toList();
    return new LengthClass(
        moreThanCalls,
        pairs.size(),
        cut(pairs, SessionFigures::latencySeconds).orElseThrow(),
        cut(pairs, SessionFigures::modelSeconds),
        cut(pairs, SessionFigures::recordedLatencySeconds));
  }

  /** Empty where one session does not have the figure; a class without sessions is not shown. */
  private static OptionalDouble cut(
      List<Pair> pairs, Function<SessionFigures, OptionalDouble> figure) {
    double arm = 0;
    double baseline = 0;
    for (Pair pair : pairs) {
      OptionalDouble one = figure.apply(pair.arm());
      OptionalDouble other = figure.apply(pair.baseline());
      if (one.isEmpty() || other.isEmpty()) return OptionalDouble.empty();
      arm += one.getAsDouble();
      baseline += other.getAsDouble();
    }
    return OptionalDouble.of(1 - arm / baseline);
  }
}
