package io.livemind.cli;

import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Laboratory;
import io.livemind.cli.experiment.Models;
import io.livemind.cli.experiment.Verdict;
import io.livemind.cli.view.PlayView;
import io.livemind.cli.view.PlayViews;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ReportJson;
import io.livemind.replay.report.ReportText;
import java.util.ArrayList;
import java.util.List;

/** What {@code demo} and {@code replay} have in common: plays, shows, reports, judges. */
final class PlayCommand {
  private static final int MOST_VIOLATIONS = 5;

  private final CommandContext context;
  private final OutputFormat output;

  PlayCommand(CommandContext context, OutputFormat output) {
    this.context = context;
    this.output = output;
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
    var everyNote = new ArrayList<>(notes);
    everyNote.addAll(models.notes());
    ReplayReport report;
    try (models;
        PlayView view =
            view(heading + (models.recorded() ? ", simulated models" : ""), experiment)) {
      report = new Laboratory(models, context.interruption()).run(experiment, view, everyNote);
    }
    String text =
        switch (output) {
          case TEXT -> ReportText.format(report);
          case JSON -> ReportJson.format(report);
        };
    context.out().print(text);
    context.out().flush();
    Verdict verdict = Verdict.of(report, models.recorded());
    verdict.complaints().forEach(complaint -> context.err().println("livemind: " + complaint));
    models.violations().stream()
        .limit(MOST_VIOLATIONS)
        .forEach(violation -> context.err().println("livemind: " + violation));
    return verdict.exitCode();
  }

  private PlayView view(String heading, Experiment experiment) {
    return PlayViews.of(
        context.terminal(),
        context.out(),
        context.err(),
        output == OutputFormat.TEXT,
        heading,
        experiment.plays().size());
  }
}
