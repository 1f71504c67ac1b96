package io.livemind.cli;

import io.livemind.cli.experiment.Damage;
import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Models;
import io.livemind.replay.Arm;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingFile;
import io.livemind.schemas.avro.OnSubmit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  livemind replay session.lmrec --break memory     (must end with exit code 99)"
    })
final class ReplayCommand implements Callable<Integer> {
  /**
   * What two cores bear with some milliseconds of overhead; each fragment costs about 2 ms of
   * processor time on its whole way.
   */
  private static final int FRAGMENTS_PER_SECOND = 150;

  /** Words are typed at multiples of 250 ms: sessions that start together would type together. */
  private static final Duration SHORTEST_STAGGER = Duration.ofMillis(37);

  private static final String SMALL = "small";

  private final CommandContext context;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files = List.of();

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = {
        "An arm to replay; may be given several times.",
        "Default: every known arm of which the files hold outputs."
      })
  private List<String> arms = List.of();

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
          "Time between the starts of two recordings. Default: as much as keeps the mean rate of"
              + " all typing at 150 fragments a second.")
  private @Nullable Integer staggerMillis;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "TEXT",
      description = "A table, or one JSON object (docs/report.md). Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

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
    List<Recording> recordings =
        files.stream().flatMap(file -> RecordingFile.read(file).stream()).limit(sessions).toList();
    List<Arm> played = playable(recordings);
    Duration stagger =
        staggerMillis == null
            ? bearableStagger(recordings, played)
            : Duration.ofMillis(staggerMillis);
    Experiment experiment =
        CommandException.checking(
            () ->
                new Experiment(
                    recordings,
                    played,
                    speed,
                    speed,
                    stagger,
                    stagger.dividedBy(played.size()),
                    damage == null,
                    Optional.ofNullable(damage)));
    Models opened = models.open(speed, context.environment());
    return new PlayCommand(context, output)
        .play("LiveMind replay × " + speed, experiment, opened, notes(stagger))
        .code();
  }

  private List<Arm> playable(List<Recording> recordings) {
    List<Arm> recorded =
        Arm.builtIn().stream()
            .filter(arm -> recordings.stream().anyMatch(one -> one.has(arm.outputs())))
            .toList();
    List<Arm> wanted =
        arms.isEmpty() ? recorded : arms.stream().map(Arm::named).distinct().toList();
    for (Arm arm : wanted)
      if (!recorded.contains(arm))
        throw CommandException.usage(
            "--arm " + arm.name() + ": the files hold no outputs of it, but of " + names(recorded));
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
    return onSubmit == null
        ? answered
        : answered.stream().map(arm -> arm.onSubmit(onSubmit)).toList();
  }

  private static String names(List<Arm> arms) {
    return arms.isEmpty()
        ? "none that is known"
        : arms.stream().map(Arm::name).collect(Collectors.joining(", "));
  }

  /** Spreads the starts, so that the fragments of all sessions come at a bearable mean rate. */
  private static Duration bearableStagger(List<Recording> recordings, List<Arm> arms) {
    long fragments = 0;
    for (Recording recording : recordings) {
      long played = arms.stream().filter(arm -> recording.has(arm.outputs())).count();
      for (Recording.Turn turn : recording.turns()) fragments += played * turn.typing().size();
    }
    Duration spread = Duration.ofMillis(1_000 * fragments / FRAGMENTS_PER_SECOND);
    Duration each = spread.dividedBy(Math.max(1, recordings.size()));
    return each.compareTo(SHORTEST_STAGGER) > 0 ? each : SHORTEST_STAGGER;
  }

  private List<String> notes(Duration stagger) {
    Stream<String> broken =
        Stream.ofNullable(damage)
            .map(
                what ->
                    "Every call was damaged on purpose (--break "
                        + what.name().toLowerCase(Locale.ROOT)
                        + ").");
    return Stream.concat(
            broken,
            Stream.of(
                "The recordings start "
                    + stagger.toMillis()
                    + " ms apart, with all arms of one in between"
                    + (damage == null ? ", after a warm-up that is not counted." : "."),
                "Every figure is measured in real time from the intended moment of the submit; no"
                    + " figure is rescaled."))
        .toList();
  }
}
