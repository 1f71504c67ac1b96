package io.livemind.cli;

import io.livemind.cli.experiment.Deployment;
import io.livemind.schemas.Topics;
import java.nio.file.Path;
import java.util.Objects;
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
      description =
          "Of its topics; needs --bootstrap-servers. Default: " + Topics.DEFAULT_PREFIX + ".")
  private @Nullable String prefix;

  @Option(
      names = "--client-settings",
      paramLabel = "FILE",
      description = {
        "A properties file with more settings of Kafka clients, as for security; needs"
            + " --bootstrap-servers."
      })
  private @Nullable Path settings;

  /**
   * Empty if none is named.
   *
   * @throws CommandException if something is said of one that is not named
   */
  Optional<Deployment> deployment() {
    if (bootstrapServers == null) {
      if (prefix != null) throw withoutBrokers("--prefix");
      if (settings != null) throw withoutBrokers("--client-settings");
      return Optional.empty();
    }
    return Optional.of(
        Deployment.of(
            bootstrapServers,
            Objects.requireNonNullElse(prefix, Topics.DEFAULT_PREFIX),
            Optional.ofNullable(settings)));
  }

  private static CommandException withoutBrokers(String option) {
    return CommandException.usage(
        option
            + " tells of a running deployment: name its brokers with --bootstrap-servers, or leave"
            + " it out");
  }
}
