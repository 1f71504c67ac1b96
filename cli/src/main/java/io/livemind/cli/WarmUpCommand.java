package io.livemind.cli;

import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Laboratory;
import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.cli.experiment.Starts;
import io.livemind.cli.experiment.Verdict;
import io.livemind.cli.live.AllInOne;
import io.livemind.cli.view.PlayView;
import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.report.ReportJson;
import io.livemind.replay.report.ReportText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Asks the gateway once, and plays the demo as fast as it goes, and shows nothing: the launcher
 * runs it once after a build, so that the JVM can write down the classes that a start needs and how
 * they are used.
 */
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Uses everything once, for the JVM's cache of the launcher.",
    footerHeading = "%nExamples:%n",
    footer = "  livemind warm-up")
final class WarmUpCommand implements Callable<Integer> {
  private static final double SPEED = 60;

  private final CommandContext context;

  WarmUpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    var experiment =
        Experiment.of(
            DemoRecordings.load(),
            Arm.demo(),
            SPEED,
            SPEED,
            new Starts.Staggered(Duration.ZERO),
            true);
    warmUpGateway();
    try (var models = SimulatedModels.start(SPEED);
        PlayView view = PlayView.none()) {
      var report =
          new Laboratory(models, context.interruption())
              .run(experiment, experiment.plays(), view, List.of());
      boolean shown = !ReportText.format(report).isEmpty() && !ReportJson.format(report).isEmpty();
      if (!shown) throw new IllegalStateException("the report is empty");
      return Verdict.of(report, true).exitCode().code();
    }
  }

  private static void warmUpGateway() throws InterruptedException {
    try (AllInOne everything = AllInOne.start(0, SimulatedModels.start(SPEED));
        HttpClient client = HttpClient.newHttpClient()) {
      String body =
          "{\"model\":\"livemind\",\"messages\":[{\"role\":\"user\",\"content\":\"Is all well?\"}]}";
      var answered =
          client.send(
              HttpRequest.newBuilder(everything.uri().resolve("v1/chat/completions"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answered.statusCode() != 200)
        throw new IllegalStateException("the gateway answered " + answered.statusCode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
