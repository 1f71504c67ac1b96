package io.livemind.replay.latency;

import io.livemind.replay.latency.LatencyFit.Sample;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.RecordedFigures;
import io.livemind.replay.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls of an arm's recorded runs, with the tokens and the time of each sample.
 *
 * @param inferences the thinking calls of a turn, which were timed together; empty in a
 *     conventional arm
 * @param answers one by one, without the time that was spent waiting for a running inference
 */
public record TimedCalls(List<Sample> inferences, List<Sample> answers) {
  public TimedCalls {
    inferences = List.copyOf(inferences);
    answers = List.copyOf(answers);
  }

  /** Those of all turns that were timed. */
  public static TimedCalls of(List<Recording> recordings, String outputs) {
    var inferences = new ArrayList<Sample>();
    var answers = new ArrayList<Sample>();
    for (Recording recording : recordings)
      for (var turn : recording.turns()) {
        ArmOutputs arm = turn.outputs().get(outputs);
        if (arm == null || arm.figures().isEmpty()) continue;
        RecordedFigures figures = arm.figures().get();
        answers.add(Sample.of(List.of(arm.answer()), figures.answerSeconds()));
        if (!arm.inferences().isEmpty())
          inferences.add(Sample.of(arm.inferences(), figures.inferenceSeconds()));
      }
    return new TimedCalls(inferences, answers);
  }

  /**
   * How far these constants are from the recorded times: the larger one of the median errors of
   * thinking and answering, in seconds of a sample; 0 if there is no sample.
   */
  public double medianErrorSeconds(ArmLatency latency) {
    return Math.max(
        medianErrorSeconds(inferences, latency.inference()),
        medianErrorSeconds(answers, latency.answer()));
  }

  private static double medianErrorSeconds(List<Sample> samples, LatencyConstants constants) {
    double[] errors =
        samples.stream()
            .mapToDouble(one -> Math.abs(LatencyFit.predict(one, constants) - one.seconds()))
            .sorted()
            .toArray();
    if (errors.length == 0) return 0;
    int middle = errors.length / 2;
    return errors.length % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
  }

  /**
   * The means of samples, in groups of equal size from the shortest replies to the longest. What is
   * linear in the tokens of a call is so in the means, too.
   */
  static List<Sample> means(List<Sample> samples, int groups) {
    return groups(samples, groups).stream().map(TimedCalls::mean).toList();
  }

  /** The middle one of each of these groups, by the time that a reply token took. */
  static List<Sample> typical(List<Sample> samples, int groups) {
    return groups(samples, groups).stream().map(TimedCalls::middle).toList();
  }

  private static List<List<Sample>> groups(List<Sample> samples, int count) {
    List<Sample> sorted =
        samples.stream().sorted(Comparator.comparingDouble(Sample::completionTokens)).toList();
    var groups = new ArrayList<List<Sample>>();
    for (int group = 0; group < count; group++) {
      List<Sample> some =
          sorted.subList(sorted.size() * group / count, sorted.size() * (group + 1) / count);
      if (!some.isEmpty()) groups.add(some);
    }
    return groups;
  }

  private static Sample mean(List<Sample> group) {
    return new Sample(
        group.stream().mapToDouble(Sample::calls).average().orElseThrow(),
        group.stream().mapToDouble(Sample::promptTokens).average().orElseThrow(),
        group.stream().mapToDouble(Sample::completionTokens).average().orElseThrow(),
        group.stream().mapToDouble(Sample::seconds).average().orElseThrow());
  }

  private static Sample middle(List<Sample> group) {
    return group.stream()
        .sorted(
            Comparator.comparingDouble(one -> one.seconds() / Math.max(1, one.completionTokens())))
        .toList()
        .get(group.size() / 2);
  }
}
