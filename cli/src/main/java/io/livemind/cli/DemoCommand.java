package io.livemind.cli;

import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Models;
import io.livemind.cli.experiment.Starts;
import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Types the recordings that ship with the product, in all arms at once. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the whole pipeline in one process: a Kafka broker, the topology, workers, and models.",
      "",
      "Types recorded sessions, each three times at once: live (the large model thinks along and"
          + " answers), collaborative (the large model thinks along, the small one answers) and"
          + " conventional (the large model gets the whole prompt, as usual). Then shows how long"
          + " each answer took. Takes less than a minute, and leaves nothing behind.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind demo",
      "  livemind demo --output json | jq '.arms[] | {arm, latency: .latency.meanSeconds}'",
      "  livemind demo --llm http://127.0.0.1:8000/v1,llama-3-70b --slm"
          + " http://127.0.0.1:8001/v1,llama-3-8b"
    })
final class DemoCommand implements Callable<Integer> {
  private static final int RECORDED_CHARACTERS_A_MINUTE = 240;
  private static final Duration STAGGER = Duration.ofMillis(150);
  private static final String SMALL = "small";

  private final CommandContext context;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "6",
      description = "Types X times as fast as recorded (240 characters a minute). Default: 6.")
  private double speed = 6;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Types only the first N recordings.")
  private int sessions = Integer.MAX_VALUE;

  @Mixin private ModelOptions models = new ModelOptions();

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (sessions < 1)
      throw CommandException.usage("--sessions must be at least 1, but is " + sessions);
    List<Recording> recordings = DemoRecordings.load().stream().limit(sessions).toList();
    List<Arm> arms =
        Arm.demo().stream()
            .filter(arm -> models.hasSmall() || !arm.options().getOutputModel().equals(SMALL))
            .toList();
    Experiment experiment =
        CommandException.checking(
            () -> Experiment.of(recordings, arms, speed, 1, new Starts.Staggered(STAGGER), false));
    Models opened = models.open(1, context.environment());
    return new PlayCommand(context, output, List.of())
        .play("LiveMind demo, typing × " + plain(speed), experiment, opened, notes())
        .code();
  }

  private List<String> notes() {
    return List.of(
        "Typing: "
            + plain(speed)
            + " times "
            + RECORDED_CHARACTERS_A_MINUTE
            + " characters a minute, that is "
            + plain(speed * RECORDED_CHARACTERS_A_MINUTE)
            + ". The faster the typing, the less time there is to think ahead.",
        "Every figure is measured in real time from the intended moment of the submit; no figure is"
            + " rescaled.");
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.1f", number);
  }
}
