package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.Version;
import io.livemind.cli.admin.TaskLag;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.TopologySettings;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.ShareGroups;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
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
    try (var process = RoleProcess.begin(context, Role.TOPOLOGY, settings)) {
      TopologyConfig config = TopologySettings.of(settings, process::measured);
      ClusterCheck.run(settings, Role.TOPOLOGY);
      process.alongside(
          TaskLag.start(
              Admin.create(config.kafka()),
              ShareGroups.kinds(config.applicationId()),
              process.registry()));
      var app =
          TopologyApp.start(
              config, KafkaSettings.topics(settings), process.registry(), process.traces());
      process.endsWhen(app.gaveUp());
      String line =
          "application " + config.applicationId() + ", state in " + config.store().directory();
      return process.run(app, app::isRunning, line, CLEAN_UP);
    }
  }
}
