package io.livemind.cli.study;

import io.livemind.replay.Arm;
import io.livemind.replay.latency.ArmLatency;
import io.livemind.replay.latency.LatencyConstants;
import io.livemind.replay.latency.LatencyFit;
import io.livemind.replay.latency.TimedCalls;
import io.livemind.replay.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The constants of the simulated models against the recorded times, and fitted anew: no pipeline,
 * and nothing is played.
 *
 * @param rows an arm each
 */
record LatencyStudy(List<Row> rows) {
  static final String NAME = "latency";

  /** Of the typical call, in each arm of the paper. */
  private static final double MOST_SECONDS = 0.05;

  LatencyStudy {
    rows = List.copyOf(rows);
  }

  /**
   * An arm.
   *
   * @param judged whether its tokens were recorded; otherwise they are estimated from its texts
   */
  record Row(Arm arm, boolean judged, TimedCalls calls, ArmLatency refitted) {
    double errorSeconds() {
      return calls.medianErrorSeconds(arm.latency());
    }

    boolean missed() {
      return judged && errorSeconds() > MOST_SECONDS;
    }
  }

  /** Of all recordings that were timed. */
  static LatencyStudy of(List<Recording> recordings) {
    var arms = new ArrayList<>(Arm.paper());
    arms.add(Arm.named("live-llm-clause-text"));
    var rows = new ArrayList<Row>();
    for (Arm arm : arms)
      LatencyFit.ofArm(recordings, arm.outputs())
          .ifPresent(
              refitted ->
                  rows.add(
                      new Row(
                          arm,
                          Arm.paper().contains(arm),
                          TimedCalls.of(recordings, arm.outputs()),
                          refitted)));
    return new LatencyStudy(rows);
  }

  /** What is farther from the recorded times than it may be. */
  List<String> missed() {
    return rows.stream()
        .filter(Row::missed)
        .map(
            row ->
                format(
                    "%s: the median error is %.3f s, more than %.2f s",
                    row.arm().name(), row.errorSeconds(), MOST_SECONDS))
        .toList();
  }

  String markdown(String command) {
    var text =
        new StringBuilder(
            StudyPage.head(
                "The simulated models beside the recorded times",
                "How far is the time of a simulated call, seconds = a + b × prompt tokens + c ×"
                    + " reply tokens, from the recorded one?",
                command));
    text.append(
        "| arm | sessions | median error s | wanted | met | median error s, fitted anew |\n");
    text.append("|---|---:|---:|---:|---:|---:|\n");
    for (Row row : rows)
      text.append(
          format(
              "| %s | %d | %.4f | %s | %s | %.4f |%n",
              row.arm().name(),
              row.calls().answers().size(),
              row.errorSeconds(),
              row.judged() ? format("≤ %.2f", MOST_SECONDS) : "-",
              row.judged() ? row.missed() ? "no" : "yes" : "-",
              row.calls().medianErrorSeconds(row.refitted())));
    text.append("\n| constants | a | b | c | a, fitted anew | b | c |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|\n");
    for (Row row : rows) {
      ArmLatency used = row.arm().latency();
      if (row.arm().live())
        text.append(constants(row, "thinking", used.inference(), row.refitted().inference()));
      text.append(constants(row, "answer", used.answer(), row.refitted().answer()));
    }
    text.append(
        "\n* The error of an arm is the larger one of the medians of thinking and answering; the"
            + " thinking calls of a session were timed together.\n");
    text.append(
        "* Tokens of live-llm-clause-text were not recorded and are estimated from the texts: it is"
            + " shown, not judged.\n");
    return text.toString();
  }

  private static String constants(
      Row row, String kind, LatencyConstants used, LatencyConstants refitted) {
    return format("| %s, %s |%s%s%n", row.arm().name(), kind, constants(used), constants(refitted));
  }

  private static String constants(LatencyConstants constants) {
    return format(
        " %.6f | %.8f | %.8f |",
        constants.overheadSeconds(),
        constants.secondsPerPromptToken(),
        constants.secondsPerCompletionToken());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
