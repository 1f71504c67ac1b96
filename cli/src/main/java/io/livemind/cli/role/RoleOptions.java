package io.livemind.cli.role;

import io.livemind.cli.config.Settings;
import io.livemind.cli.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a role's configuration comes from: flags over environment over file over defaults. */
public final class RoleOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration file. Default: what LIVEMIND_CONFIG names, else none.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets one key, such as --set worker.places=8; may be repeated. `livemind config doc`"
              + " lists the keys.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Short for --set kafka.bootstrap.servers=HOST:PORT.")
  private @Nullable String bootstrapServers;

  /** The sources as they are now. */
  public Sources sources(Map<String, String> environment) {
    return sources(environment, List.of());
  }

  private Sources sources(Map<String, String> environment, List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(assignments);
    if (bootstrapServers != null) all.add("kafka.bootstrap.servers=" + bootstrapServers);
    return Sources.read(all, Optional.ofNullable(file), environment);
  }

  /**
   * The settings.
   *
   * @throws io.livemind.cli.config.ConfigurationException if a key is not known, or a source cannot
   *     be read
   */
  public Settings settings(Map<String, String> environment) {
    return Settings.of(sources(environment));
  }

  /**
   * The same with what other options of the command have set; {@code --set} goes before them.
   *
   * @param more as {@code KEY=VALUE}
   */
  Settings settings(Map<String, String> environment, List<String> more) {
    return Settings.of(sources(environment, more));
  }
}
