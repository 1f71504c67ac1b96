package io.livemind.cli.experiment;

import io.livemind.cli.ExitCode;
import io.livemind.replay.report.ArmFigures;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ServedModels.Counts;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checks say of a report.
 *
 * @param failed sessions without a whole answer
 * @param violations model calls whose messages were not what they must be
 * @param different sessions that were answered, but not with the recorded text
 * @param stopped whether the replay was stopped early
 */
public record Verdict(int failed, int violations, int different, boolean stopped) {

  /**
   * Judges a report.
   *
   * @param recorded whether the models gave the recorded replies; otherwise an answer may be any
   */
  public static Verdict of(ReplayReport report, boolean recorded) {
    int violations =
        report.arms().stream()
            .flatMap(arm -> arm.counts().stream())
            .mapToInt(Counts::violations)
            .sum();
    int different =
        recorded ? report.arms().stream().mapToInt(ArmFigures::differentFromRecorded).sum() : 0;
    return new Verdict(report.failed(), violations, different, report.stopped());
  }

  /** A failed check tells more than a failed session, which may be its consequence. */
  public ExitCode exitCode() {
    if (stopped) return ExitCode.INTERRUPTED;
    if (violations > 0 || different > 0) return ExitCode.CHECK_FAILED;
    return failed > 0 ? ExitCode.FAILURE : ExitCode.OK;
  }

  /** What is wrong, a sentence each; empty if nothing is. */
  public List<String> complaints() {
    var complaints = new ArrayList<String>();
    if (violations > 0)
      complaints.add(violations + " model calls did not hold the recorded prompt and memory");
    if (different > 0) complaints.add(different + " answers are not the recorded ones");
    if (failed > 0) complaints.add(failed + " sessions have no whole answer");
    return complaints;
  }
}
