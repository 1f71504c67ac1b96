package io.livemind.cli;

import io.livemind.cli.config.ConfigPage;
import io.livemind.cli.config.ConfigView;
import io.livemind.cli.config.ConfigurationException;
import io.livemind.cli.config.GatewaySettings;
import io.livemind.cli.config.KafkaSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.TopologySettings;
import io.livemind.cli.config.WorkerSettings;
import io.livemind.cli.role.Role;
import io.livemind.cli.role.RoleOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, checks and documents the configuration of the roles. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {"Shows, checks and documents the configuration of the roles.", ""},
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind config show --config livemind.yaml --sources",
      "  livemind config check worker --config livemind.yaml",
      "  livemind config default > livemind.yaml",
      "  livemind config doc"
    })
final class ConfigCommand implements Runnable {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigCommand(CommandContext context) {
    this.context = context;
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "show, check, default or doc is missing");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints every key with the value that holds; secrets are hidden.")
  int show(
      @Mixin RoleOptions options,
      @Option(names = "--sources", description = "Tell where each value comes from.")
          boolean sources) {
    Settings settings = options.settings(context.environment());
    ConfigView.lines(settings, sources).forEach(context.out()::println);
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks keys and values for the roles named, without connecting to anything.")
  int check(
      @Mixin RoleOptions options,
      @Parameters(paramLabel = "ROLE", description = "topology, worker, gateway. Default: all.")
          List<Role> roles,
      @Option(
              names = "--workers",
              defaultValue = "1",
              description =
                  "Workers that run with this configuration, to compare their places with what the"
                      + " models' servers run. Default: ${DEFAULT-VALUE}.")
          int workers) {
    Settings settings = options.settings(context.environment());
    List<Role> wanted = roles == null || roles.isEmpty() ? List.of(Role.values()) : roles;
    List<String> wrong = new ArrayList<>();
    for (Role role : wanted) {
      try {
        List<String> warnings = check(settings, role, workers);
        context.out().println(role.label() + ": good");
        warnings.forEach(warning -> context.out().println(role.label() + ": warning: " + warning));
      } catch (ConfigurationException e) {
        wrong.add(role.label() + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) throw CommandException.usage(String.join("\n", wrong));
    return ExitCode.OK.code();
  }

  @Command(
      name = "default",
      mixinStandardHelpOptions = true,
      description = "Prints a file that holds every key with its default.")
  int defaults() {
    context.out().print(ConfigPage.example());
    return ExitCode.OK.code();
  }

  @Command(
      name = "doc",
      mixinStandardHelpOptions = true,
      description = "Prints the page of all keys, docs/configuration.md.")
  int doc() {
    context.out().print(ConfigPage.format());
    return ExitCode.OK.code();
  }

  private static List<String> check(Settings settings, Role role, int workers) {
    Object ignored = KafkaSettings.layout(settings);
    return switch (role) {
      case WORKER -> WorkerSettings.of(settings).warnings(workers);
      case TOPOLOGY -> {
        ignored = TopologySettings.of(settings);
        yield List.of();
      }
      case GATEWAY -> {
        ignored = GatewaySettings.of(settings);
        yield List.of();
      }
    };
  }
}
