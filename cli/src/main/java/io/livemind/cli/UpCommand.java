package io.livemind.cli;

import io.livemind.cli.experiment.Models;
import io.livemind.cli.live.AllInOne;
import io.livemind.gateway.GatewayConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in one process, open for people and programs until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Starts everything in one process, with a web page, and runs until Ctrl-C.",
      "",
      "A Kafka broker, the topology, a worker and a gateway, on loopback. Without --llm the models"
          + " are simulated: they take the time of real ones and say in other words what was typed."
          + " Nothing is kept when it ends.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind up",
      "  livemind up --port 0",
      "  livemind up --llm http://127.0.0.1:8000/v1,llama-3-70b --slm"
          + " http://127.0.0.1:8001/v1,llama-3-8b"
    })
final class UpCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the page is, on loopback; 0 takes any free port. Default: 8080.")
  private int port = 8080;

  @Mixin private ModelOptions models = new ModelOptions();

  UpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    var unused = CommandException.checking(() -> GatewayConfig.local(port, Map.of()));
    var stopped = new CountDownLatch(1);
    context.err().println("livemind: starting …");
    context.interruption().cleanUpWithin(AllInOne.LONGEST_CLOSE);
    Models opened = models.open(1, context.environment());
    try (AllInOne everything = AllInOne.start(port, opened);
        Interruption.Scope stopping = context.interruption().stoppingBy(stopped::countDown)) {
      welcome(everything.uri(), opened);
      stopped.await();
      context.err().println("livemind: stopping …");
    }
    return ExitCode.OK.code();
  }

  private void welcome(URI uri, Models opened) {
    context
        .out()
        .printf(
            """
            LiveMind is ready.

              Page         %1$s
              Programs     %1$sv1 (OpenAI-compatible; any key), %1$sv1/live (docs/http-api.md)
              Models       %2$s

            Ctrl-C ends it.
            """,
            uri, String.join("\n               ", described(opened)));
    context.out().flush();
  }

  private static Iterable<String> described(Models opened) {
    return opened.recorded()
        ? List.of(
            "simulated (nothing is understood); --llm URL,MODEL puts a real one in their place")
        : opened.notes();
  }
}
