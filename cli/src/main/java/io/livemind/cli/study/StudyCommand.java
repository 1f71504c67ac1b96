package io.livemind.cli.study;

import io.livemind.cli.CommandContext;
import io.livemind.cli.CommandException;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.view.PlayViews;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingFile;
import io.livemind.replay.report.ReplayReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a question that goes past the paper, on its recordings. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Answers a question that goes past the paper, on the published recordings with simulated"
          + " models: one table and one plot.",
      "",
      "cancel: a running inference at submit, cancelled or waited for. draft: an answer begun before"
          + " Enter. typing: the pace of typing. format: prompt formats and the prefix cache. tokens:"
          + " what a saved second costs. load: many people at one replica; exit code 99 if thinking"
          + " ahead makes answers later. latency: how far the constants of the simulated models are"
          + " from the recorded times; exit code 99 if a typical call is more than 0.05 s off.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind study cancel results.jsonl.gz",
      "  livemind study draft results.jsonl.gz --to docs/benchmarks",
      "  livemind study load results.jsonl.gz --people 1,50,200",
      "  livemind study latency results.jsonl.gz"
    })
public final class StudyCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "STUDY", description = "See above.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The published recordings.")
  private Path file = Path.of("");

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "40",
      description = "Recordings that are played, in each arm. Default: 40.")
  private int sessions;

  @Option(
      names = "--longest",
      paramLabel = "SECONDS",
      defaultValue = "200",
      description = "Only recordings that were typed in that time or less. Default: 200.")
  private double longestSeconds;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Of typing and models. Default: the study's own.")
  private @Nullable Double speed;

  @Option(
      names = "--people",
      paramLabel = "N,…",
      split = ",",
      defaultValue = "1,25,50,100,200",
      description = "Of the study load: people who type at a time. Default: 1,25,50,100,200.")
  private List<Integer> people = List.of();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where the page and the plot go. Default: the page goes to standard output.")
  private @Nullable Path folder;

  public StudyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (sessions < 1)
      throw CommandException.usage("--sessions must be at least 1, but is " + sessions);
    if (folder != null && !Files.isDirectory(folder))
      throw CommandException.usage("--to: the folder " + folder + " is not there");
    boolean load = name.equals(LoadStudy.NAME);
    boolean latency = name.equals(LatencyStudy.NAME);
    if (!load && !latency && Studies.named(name).isEmpty())
      throw CommandException.usage(
          "STUDY must be one of "
              + String.join(", ", StudyPage.names())
              + ", load, latency, but is \""
              + name
              + "\"");
    List<Recording> all = RecordingFile.read(file);
    if (latency) return latency(all);
    List<Recording> sample = Sample.of(all, sessions, longestSeconds);
    if (sample.isEmpty())
      throw CommandException.usage(file + " has no recording that this study can play");
    return load ? load(all) : study(Studies.named(name).orElseThrow(), sample, all);
  }

  private int study(Study study, List<Recording> recordings, List<Recording> all)
      throws InterruptedException {
    double played = played(study.speed());
    ReplayReport report =
        StudyRun.play(
            study,
            recordings,
            played,
            context.interruption(),
            (plays, at) ->
                PlayViews.of(
                    context.terminal(),
                    context.out(),
                    context.err(),
                    false,
                    study.title(),
                    plays.size(),
                    Experiment.typingEnds(plays, at)));
    var page = new StudyPage(study, report, command(), recordings.size(), longestSeconds);
    String recorded = study.costs() ? "\n" + RecordedCost.table(recordings, all) : "";
    write(study.name(), page.markdown() + recorded, Optional.of(page.svg()));
    return (report.failed() > 0 ? ExitCode.FAILURE : ExitCode.OK).code();
  }

  private double played(double usual) {
    double played = speed == null ? usual : speed;
    if (!(played > 0))
      throw CommandException.usage("--speed must be more than 0, but is " + played);
    return played;
  }

  private int load(List<Recording> recordings) throws InterruptedException {
    if (people.isEmpty() || people.stream().anyMatch(load -> load < 1))
      throw CommandException.usage("--people must be numbers of at least 1, but is " + people);
    double played = played(LoadStudy.SPEED);
    var study = new LoadStudy(recordings, people, played, context.interruption());
    study.run(line -> context.err().println("livemind: " + line));
    write(LoadStudy.NAME, study.markdown(command()), Optional.of(study.svg()));
    return judged(study.slower().stream().map(one -> "slower than conventional: " + one).toList());
  }

  private int latency(List<Recording> recordings) {
    var study = LatencyStudy.of(recordings);
    if (study.rows().isEmpty()) throw CommandException.usage(file + " has no recorded times");
    write(LatencyStudy.NAME, study.markdown(command()), Optional.empty());
    return judged(study.missed());
  }

  private int judged(List<String> missed) {
    missed.forEach(one -> context.err().println("livemind: " + one));
    return (missed.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).code();
  }

  private void write(String page, String markdown, Optional<String> svg) {
    if (folder == null) {
      context.out().print(markdown);
      context.out().flush();
      return;
    }
    try {
      Files.writeString(folder.resolve(page + ".md"), markdown);
      if (svg.isPresent()) Files.writeString(folder.resolve(page + ".svg"), svg.get());
      context.err().println("livemind: written to " + folder.resolve(page + ".md"));
    } catch (IOException e) {
      throw CommandException.usage("--to: " + folder + " cannot be written to");
    }
  }

  private String command() {
    var command = new StringBuilder("./livemind study " + name + " " + file.getFileName());
    if (name.equals(LoadStudy.NAME))
      command
          .append(" --people ")
          .append(String.join(",", people.stream().map(String::valueOf).toList()));
    else if (!name.equals(LatencyStudy.NAME))
      command
          .append(" --sessions ")
          .append(sessions)
          .append(" --longest ")
          .append(Math.round(longestSeconds));
    if (speed != null) command.append(" --speed ").append(speed);
    return command.toString();
  }
}
