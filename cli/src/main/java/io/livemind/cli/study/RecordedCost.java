package io.livemind.cli.study;

import io.livemind.replay.Arm;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.RecordedFigures;
import io.livemind.replay.recording.Recording;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a saved second cost in the recorded runs themselves: nothing is played. It tells how much of
 * a study's figure comes from its sample, and from what it is compared with.
 *
 * @param sessions that were recorded in both arms
 * @param moreTokens of a session than in the baseline
 * @param savedSeconds of the mean answer
 */
record RecordedCost(int sessions, double moreTokens, double savedSeconds) {

  /** Of the recordings that have both. */
  static RecordedCost of(List<Recording> recordings, String arm, String baseline) {
    List<Recording> both =
        recordings.stream().filter(one -> timed(one, arm) && timed(one, baseline)).toList();
    return new RecordedCost(
        both.size(),
        mean(both, arm, RecordedCost::tokens) - mean(both, baseline, RecordedCost::tokens),
        mean(both, baseline, RecordedCost::seconds) - mean(both, arm, RecordedCost::seconds));
  }

  /** A row for each of the paper's comparisons, of a sample and of all. */
  static String table(List<Recording> sample, List<Recording> all) {
    var text =
        new StringBuilder(
            "| recorded runs, nothing played | against | sessions | tokens more | seconds saved |"
                + " more a saved second |\n|---|---|---:|---:|---:|---:|\n");
    for (Arm arm : Arm.paper())
      for (String baseline : arm.baselines()) {
        text.append(of(sample, arm.name(), baseline).row(arm.name() + ", this sample", baseline));
        text.append(of(all, arm.name(), baseline).row(arm.name() + ", all", baseline));
      }
    return text.toString();
  }

  private String row(String arm, String baseline) {
    String each =
        savedSeconds > 0 ? String.format(Locale.ROOT, "%.0f", moreTokens / savedSeconds) : "-";
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.0f | %.2f | %s |%n",
        arm,
        baseline,
        sessions,
        moreTokens,
        savedSeconds,
        each);
  }

  private static boolean timed(Recording recording, String arm) {
    return recording.has(arm)
        && recording.turns().stream().allMatch(turn -> turn.outputsOf(arm).figures().isPresent());
  }

  private static double mean(
      List<Recording> recordings, String arm, ToDoubleFunction<ArmOutputs> figure) {
    return recordings.stream()
        .mapToDouble(
            one ->
                one.turns().stream()
                    .mapToDouble(turn -> figure.applyAsDouble(turn.outputsOf(arm)))
                    .sum())
        .average()
        .orElse(0);
  }

  private static double tokens(ArmOutputs outputs) {
    return tokens(outputs.answer())
        + outputs.inferences().stream().mapToDouble(RecordedCost::tokens).sum();
  }

  private static double tokens(ModelReply reply) {
    return reply.promptTokens() + reply.completionTokens();
  }

  private static double seconds(ArmOutputs outputs) {
    return outputs.figures().map(RecordedFigures::latencySeconds).orElseThrow();
  }
}
