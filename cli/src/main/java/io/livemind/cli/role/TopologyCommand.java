package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.Version;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.TopologySettings;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One topology instance: fragments to segments to tasks. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "One topology instance (Kafka Streams): fragments to segments to tasks.",
      "Runs until it is told to stop (SIGTERM, Ctrl-C).",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind topology --bootstrap-servers localhost:9092",
      "  livemind topology --config livemind.yaml --set topology.state-directory=/var/lib/livemind"
    })
public final class TopologyCommand implements Callable<Integer> {
  /** Streams gets ten seconds of it. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  private final CommandContext context;

  @Mixin private RoleOptions options = new RoleOptions();

  public TopologyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings(context.environment());
    TopologyConfig config = TopologySettings.of(settings);
    ClusterCheck.run(settings, Role.TOPOLOGY);
    var app = TopologyApp.start(config, KafkaSettings.topics(settings));
    String ready =
        "application " + config.applicationId() + ", state in " + config.stateDirectory();
    return new RoleProcess(context, Role.TOPOLOGY).run(app, ready, CLEAN_UP);
  }
}
