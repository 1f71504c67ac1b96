package io.livemind.replay.report;

import java.util.Locale;

/**
 * A report as text for a terminal: latencies in seconds, overhead and lateness in milliseconds.
 *
 * <p>Threading: stateless.
 */
public final class ReportText {
  /** More recordings than that are only summed up. */
  private static final int MOST_ROWS = 40;

  private ReportText() {}

  /** The whole report. */
  public static String format(ReplayReport report) {
    var text = new StringBuilder();
    if (ReportTables.byRecording(report).size() <= MOST_ROWS)
      text.append(ReportTables.sessions(report).format()).append('\n');
    text.append(ReportTables.arms(report).format()).append('\n');
    if (!report.cuts().isEmpty()) text.append(ReportTables.cuts(report).format()).append('\n');
    if (report.arms().stream().anyMatch(arm -> arm.tokens().isPresent()))
      text.append(ReportTables.tokens(report).format()).append('\n');
    if (report.arms().stream().anyMatch(arm -> arm.segmentMatch().isPresent()))
      text.append(ReportTables.segments(report).format()).append('\n');
    if (!Reproduction.targets(report).isEmpty())
      text.append(ReportTables.targets(report).format()).append('\n');
    text.append(foot(report));
    return text.toString();
  }

  /** What stands below the tables, a sentence a line. */
  static String foot(ReplayReport report) {
    var text = new StringBuilder();
    report
        .overhead()
        .ifPresent(
            overhead ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "pipeline overhead (latency in which no model worked for the session):"
                            + " p50 %.1f ms, p99 %.1f ms%n",
                        overhead.p50Seconds() * 1_000,
                        overhead.p99Seconds() * 1_000)));
    text.append(
        String.format(
            Locale.ROOT,
            "typing at %s times the recorded speed; %d fragments, late by p50 %.1f ms, p99 %.1f"
                + " ms%n",
            report.speed(),
            report.lateness().fragments(),
            report.lateness().p50Seconds() * 1_000,
            report.lateness().p99Seconds() * 1_000));
    report.arms().stream()
        .filter(arm -> arm.counts().isPresent())
        .forEach(arm -> text.append(counts(arm)));
    report
        .rawHop()
        .ifPresent(
            hop ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "raw hop through the broker in the same replay, producer to consumer: p50"
                            + " %.1f ms, p99 %.1f ms%n",
                        hop.p50Seconds() * 1_000,
                        hop.p99Seconds() * 1_000)));
    if (report.stopped()) text.append("stopped early\n");
    report.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private static String counts(ArmFigures arm) {
    var counts = arm.counts().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s: %d inference calls beyond the recorded ones, %d recorded inferences not asked for, %d"
            + " violations%n",
        arm.arm().name(),
        counts.surplusInferences(),
        counts.unservedInferences(),
        counts.violations());
  }
}
