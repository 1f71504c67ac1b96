package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.Version;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One worker: tasks to model calls to results and answers. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "One worker: takes tasks, calls models, writes results and answers.",
      "Runs until it is told to stop (SIGTERM, Ctrl-C).",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind worker --config livemind.yaml",
      "  livemind worker --bootstrap-servers localhost:9092 \\",
      "    --set worker.models.large.replicas[0].base-url=http://localhost:8000/v1 \\",
      "    --set worker.models.large.replicas[0].model-name=llama-3-70b"
    })
public final class WorkerCommand implements Callable<Integer> {
  /** What closing a worker takes beyond the time that running calls get. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(30);

  private final CommandContext context;

  @Mixin private RoleOptions options = new RoleOptions();

  public WorkerCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings(context.environment());
    try (var process = RoleProcess.begin(context, Role.WORKER, settings)) {
      WorkerConfig config = WorkerSettings.of(settings, process::measured);
      ClusterCheck.run(settings, Role.WORKER);
      var app =
          WorkerApp.start(
              config, KafkaSettings.topics(settings), process.registry(), process.traces());
      String line = "worker " + config.workerId() + ", " + config.places() + " places";
      return process.run(app, app.readiness(), line, config.stopTimeout().plus(CLEAN_UP));
    }
  }
}
