package io.livemind.cli;

import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Laboratory;
import io.livemind.cli.experiment.Models;
import io.livemind.cli.experiment.Verdict;
import io.livemind.cli.view.PlayView;
import io.livemind.cli.view.PlayViews;
import io.livemind.replay.play.Play;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ReportCsv;
import io.livemind.replay.report.ReportHtml;
import io.livemind.replay.report.ReportJson;
import io.livemind.replay.report.ReportMarkdown;
import io.livemind.replay.report.ReportText;
import io.livemind.replay.report.Threshold;
import java.util.ArrayList;
import java.util.List;

/** What {@code demo} and {@code replay} have in common: plays, shows, reports, judges. */
final class PlayCommand {
  private static final int MOST_VIOLATIONS = 5;

  private final CommandContext context;
  private final OutputOptions output;
  private final List<Threshold> thresholds;

  PlayCommand(CommandContext context, OutputOptions output, List<Threshold> thresholds) {
    this.context = context;
    this.output = output;
    this.thresholds = thresholds;
  }

  /**
   * Plays an experiment.
   *
   * @param heading what is played, and how, in a few words
   * @param models are closed when it is over
   * @param notes what a reader must know to judge the figures
   */
  ExitCode play(String heading, Experiment experiment, Models models, List<String> notes)
      throws InterruptedException {
    output.check();
    var everyNote = new ArrayList<>(notes);
    everyNote.addAll(models.notes());
    ReplayReport report = measure(heading, experiment, models, everyNote);
    String text =
        switch (output.format()) {
          case TEXT -> ReportText.format(report);
          case JSON -> ReportJson.format(report);
          case MARKDOWN -> ReportMarkdown.format(report);
          case CSV -> ReportCsv.format(report);
          case HTML -> ReportHtml.format(report);
        };
    output.write(text, context);
    Verdict verdict = Verdict.of(report, models.recorded());
    verdict.complaints().forEach(complaint -> context.err().println("livemind: " + complaint));
    models.violations().stream()
        .limit(MOST_VIOLATIONS)
        .forEach(violation -> context.err().println("livemind: " + violation));
    List<String> crossed =
        thresholds.stream().flatMap(threshold -> threshold.crossedBy(report).stream()).toList();
    crossed.forEach(sentence -> context.err().println("livemind: --fail-if " + sentence));
    boolean stopped = verdict.exitCode() == ExitCode.INTERRUPTED;
    return crossed.isEmpty() || stopped ? verdict.exitCode() : ExitCode.CHECK_FAILED;
  }

  private ReplayReport measure(
      String heading, Experiment experiment, Models models, List<String> notes)
      throws InterruptedException {
    String told = heading + (models.recorded() ? ", simulated models" : "");
    List<Play> plays = experiment.plays();
    try (models;
        PlayView view = view(told, plays, experiment.typingSpeed())) {
      return new Laboratory(models, context.interruption()).run(experiment, plays, view, notes);
    }
  }

  private PlayView view(String heading, List<Play> plays, double speed) {
    return PlayViews.of(
        context.terminal(),
        context.out(),
        context.err(),
        output.forPeople(),
        heading,
        plays.size(),
        Experiment.typingEnds(plays, speed));
  }
}
