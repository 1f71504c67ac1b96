package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.Version;
import io.livemind.cli.config.GatewaySettings;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.gateway.Observation;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One gateway: clients to fragments, answers to clients. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "One gateway: HTTP, WebSocket and SSE for clients, and the web page.",
      "Runs until it is told to stop (SIGTERM, Ctrl-C).",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind gateway --bootstrap-servers localhost:9092",
      "  livemind gateway --config livemind.yaml --set gateway.port=8443"
    })
public final class GatewayCommand implements Callable<Integer> {
  private static final Duration CLEAN_UP = Duration.ofSeconds(30);

  private final CommandContext context;

  @Mixin private RoleOptions options = new RoleOptions();

  public GatewayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings(context.environment());
    try (var process = RoleProcess.begin(context, Role.GATEWAY, settings)) {
      GatewayConfig config = GatewaySettings.of(settings, process::measured);
      ClusterCheck.run(settings, Role.GATEWAY);
      var app =
          GatewayApp.start(
              config,
              KafkaSettings.topics(settings),
              new Observation(process.registry(), process.traces()));
      String line = "gateway " + config.name() + " at " + app.uri();
      return process.run(app, app.readiness(), line, CLEAN_UP);
    }
  }
}
