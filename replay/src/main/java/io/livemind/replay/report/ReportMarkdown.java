package io.livemind.replay.report;

/**
 * The tables of a report for a document, with the latency constants that simulated models had.
 *
 * <p>Threading: stateless.
 */
public final class ReportMarkdown {
  private ReportMarkdown() {}

  /** The tables that sum up, and below them what must be known to judge them. */
  public static String format(ReplayReport report) {
    var text = new StringBuilder();
    text.append(ReportTables.arms(report).markdown()).append('\n');
    if (!report.cuts().isEmpty()) text.append(ReportTables.cuts(report).markdown()).append('\n');
    if (report.arms().stream().anyMatch(arm -> arm.tokens().isPresent()))
      text.append(ReportTables.tokens(report).markdown()).append('\n');
    if (report.arms().stream().anyMatch(arm -> arm.segmentMatch().isPresent()))
      text.append(ReportTables.segments(report).markdown()).append('\n');
    if (!Reproduction.targets(report).isEmpty())
      text.append(ReportTables.targets(report).markdown()).append('\n');
    text.append(ReportTables.constants(report).markdown()).append('\n');
    ReportText.foot(report).lines().forEach(line -> text.append("* ").append(line).append('\n'));
    return text.toString();
  }
}
