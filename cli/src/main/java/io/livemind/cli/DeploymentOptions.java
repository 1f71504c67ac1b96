package io.livemind.cli;

import io.livemind.cli.experiment.Deployment;
import io.livemind.schemas.Topics;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a deployment that runs already. */
final class DeploymentOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      description = "Brokers of a running deployment.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Of its topics. Default: " + Topics.DEFAULT_PREFIX + ".")
  private String prefix = Topics.DEFAULT_PREFIX;

  @Option(
      names = "--client-settings",
      paramLabel = "FILE",
      description = "A properties file with more settings of Kafka clients, as for security.")
  private @Nullable Path settings;

  /** Empty if none is named. */
  Optional<Deployment> deployment() {
    if (bootstrapServers == null) return Optional.empty();
    return Optional.of(Deployment.of(bootstrapServers, prefix, Optional.ofNullable(settings)));
  }
}
