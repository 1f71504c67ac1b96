package io.livemind.cli;

import io.livemind.cli.experiment.Damage;
import io.livemind.cli.experiment.DeployedModels;
import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Models;
import io.livemind.cli.experiment.Starts;
import io.livemind.replay.Arm;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingFile;
import io.livemind.replay.report.AnswerLetter;
import io.livemind.replay.report.Threshold;
import io.livemind.schemas.avro.OnSubmit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Replays recordings of the user. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Replays recorded sessions through a pipeline in this process, and reports how long each"
          + " answer took.",
      "",
      "Reads .lmrec files (docs/recording-format.md) and the published results of the LiveMind"
          + " experiments as JSON lines, both also gzipped. The simulated models check that each"
          + " call holds exactly what was typed and inferred: exit code 99 if one does not.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind replay session.lmrec",
      "  livemind replay results.jsonl.gz --arm baseline-llm --arm live-llm --sessions 50 --speed 10",
      "  livemind replay results.jsonl.gz --arm live-llm --sessions 5 --speed 20 --output json",
      "  livemind replay results.jsonl.gz --arms paper --llm http://127.0.0.1:8000/v1,llama-3-70b \\",
      "    --slm http://127.0.0.1:8001/v1,llama-3-8b --llm-price 0.59,0.79 --estimate",
      "  livemind replay session.lmrec --break memory     (must end with exit code 99)"
    })
final class ReplayCommand implements Callable<Integer> {
  /** What two cores bear. */
  private static final int FRAGMENTS_PER_SECOND = 300;

  private static final String SMALL = "small";

  private final CommandContext context;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files = List.of();

  @Mixin private ArmOptions arms = new ArmOptions();

  @Option(names = "--sessions", paramLabel = "N", description = "Only the first N recordings.")
  private int sessions = Integer.MAX_VALUE;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Types X times as fast, and simulated models are X times as fast. Default: 1.")
  private double speed = 1;

  @Option(
      names = "--stagger",
      paramLabel = "MILLIS",
      description =
          "Time between the starts of two recordings. Default: the sessions are spread evenly over"
              + " the time that the longest one is typed, or longer, so that the mean rate stays"
              + " below 300 fragments a second.")
  private @Nullable Integer staggerMillis;

  @Option(
      names = "--fragments",
      paramLabel = "words|keys",
      defaultValue = "WORDS",
      description = {
        "When fragments leave: at the end of a word, as clients send them, or with each key, for"
            + " stress. Default: words."
      })
  private FragmentsAt fragments = FragmentsAt.WORDS;

  @Option(
      names = "--fail-if",
      paramLabel = "BOUND",
      converter = ThresholdConverter.class,
      description = {
        "Ends with exit code 99 if the bound is crossed; may be given several times.",
        "Example: 'live-llm.latency.p95 > 2s'."
      })
  private List<Threshold> thresholds = List.of();

  @Option(
      names = "--skip-bad",
      description = "Leaves out recordings that cannot be read, and tells how many.")
  private boolean skipBad;

  @Mixin private OutputOptions output = new OutputOptions();

  @Mixin private DeploymentOptions deployment = new DeploymentOptions();

  @Option(
      names = "--on-submit",
      paramLabel = "cancel|wait",
      description = {
        "What becomes of an inference that still runs when the prompt ends: it is cancelled and the"
            + " answer starts at once, or it is waited for, as in the paper.",
        "Default: as the arm says; the arms of the paper wait."
      })
  private @Nullable OnSubmit onSubmit;

  @Option(
      names = "--break",
      paramLabel = "segment|memory|order",
      description = {
        "Damages every call on purpose: loses a segment, loses half of an inference, or swaps two"
            + " segments. Shows that the checks notice: the exit code must be 99."
      })
  private @Nullable Damage damage;

  @Mixin private ModelOptions models = new ModelOptions();

  @Mixin private SpendingOptions spending = new SpendingOptions();

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (sessions < 1)
      throw CommandException.usage("--sessions must be at least 1, but is " + sessions);
    if (staggerMillis != null && staggerMillis < 0)
      throw CommandException.usage("--stagger must be 0 or more, but is " + staggerMillis);
    if (damage != null && !models.simulated())
      throw CommandException.usage(
          "--break needs the simulator, which checks what it is sent: leave out --llm");
    if (damage != null && deployment.deployment().isPresent())
      throw CommandException.usage(
          "--break damages a pipeline in this process: leave out --bootstrap-servers");
    List<Recording> recordings = recordings();
    List<Arm> played = playable(recordings);
    Experiment experiment = CommandException.checking(() -> experiment(recordings, played));
    if (spending.only() || !models.simulated()) {
      if (models.simulated())
        throw CommandException.usage(
            "--estimate tells what models of others cost: name them with --llm and --slm");
      spending
          .lines(experiment.plays())
          .forEach(line -> context.err().println("livemind: " + line));
      if (spending.only()) return ExitCode.OK.code();
    }
    Models opened = opened();
    return new PlayCommand(context, output, thresholds)
        .play("LiveMind replay × " + speed, experiment, opened, notes())
        .code();
  }

  private List<Recording> recordings() {
    var skipped = new SkippedRecordings(skipBad);
    List<Recording> all =
        files.stream()
            .flatMap(file -> RecordingFile.read(file, skipped).stream())
            .limit(sessions)
            .toList();
    skipped.tell(context.err());
    return all;
  }

  private Experiment experiment(List<Recording> recordings, List<Arm> played) {
    Starts starts =
        staggerMillis == null
            ? new Starts.Even(FRAGMENTS_PER_SECOND)
            : new Starts.Staggered(Duration.ofMillis(staggerMillis));
    return new Experiment(
        recordings,
        played,
        speed,
        speed,
        starts,
        damage == null,
        fragments == FragmentsAt.KEYS,
        Optional.ofNullable(damage),
        deployment.deployment());
  }

  private Models opened() throws InterruptedException {
    if (deployment.deployment().isEmpty()) return models.open(speed, context.environment());
    if (!models.simulated())
      throw CommandException.usage(
          "--llm chooses models of a pipeline in this process: a running deployment has its own,"
              + " leave out one");
    return new DeployedModels();
  }

  private List<Arm> playable(List<Recording> recordings) {
    List<Arm> wanted = arms.chosen(recordings);
    List<Arm> answered =
        wanted.stream()
            .filter(arm -> models.hasSmall() || !arm.options().getOutputModel().equals(SMALL))
            .toList();
    if (answered.isEmpty())
      throw CommandException.usage(
          wanted.isEmpty()
              ? "the files hold no outputs of a known arm"
              : "every arm is answered by the small model: name it with --slm");
    if (damage == Damage.MEMORY && answered.stream().noneMatch(Arm::live))
      throw CommandException.usage(
          "--break memory needs an arm that thinks: a conventional one has no inferences to lose");
    boolean asked = !models.simulated() && asked(recordings);
    return answered.stream()
        .map(arm -> onSubmit == null ? arm : arm.onSubmit(onSubmit))
        .map(arm -> asked ? arm.answeringIn(AnswerLetter.FORMAT) : arm)
        .toList();
  }

  /** Whether all prompts are test questions, whose answers must name an option. */
  private static boolean asked(List<Recording> recordings) {
    return recordings.stream()
        .flatMap(recording -> recording.turns().stream())
        .allMatch(turn -> turn.question().isPresent());
  }

  private List<String> notes() {
    var notes = new ArrayList<String>();
    if (damage != null)
      notes.add(
          "Every call was damaged on purpose (--break "
              + damage.name().toLowerCase(Locale.ROOT)
              + ").");
    notes.add(
        (staggerMillis == null
                ? "The sessions are spread evenly over the time of typing"
                : "The recordings start " + staggerMillis + " ms apart, each in all arms at once")
            + (damage == null ? ", after a warm-up that is not counted." : "."));
    if (fragments == FragmentsAt.KEYS)
      notes.add("A fragment left with each key (--fragments keys).");
    notes.add(
        "Every figure is measured in real time from the intended moment of the submit; no"
            + " figure is rescaled.");
    return notes;
  }

  /** When fragments leave. */
  enum FragmentsAt {
    WORDS,
    KEYS
  }

  /** Reads a bound. */
  static final class ThresholdConverter implements ITypeConverter<Threshold> {
    @Override
    public Threshold convert(String text) {
      try {
        return Threshold.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
