package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Version;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.SimulatorSettings;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ModelProfiles;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves simulated models until it is stopped. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Serves simulated models over the APIs of OpenAI, Anthropic and Gemini: no GPU, no key, no"
          + " cost.",
      "",
      "Replies are made up and say so, or come from a script. They take the time that the profile's"
          + " model would take. Faults can be put on any call by the request header"
          + " x-simulator-fault, or on a share of the calls with --fault. What was served can be read"
          + " at /simulator/served.",
      "Every option is a key of the configuration, too (docs/configuration.md), from flags over"
          + " environment over file.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind simulator --profile fast-hosted-70b",
      "  livemind simulator --profile large=llama-3-70b-a100 --profile small=llama-3-8b-a100",
      "  livemind simulator --profile fast-hosted-70b --fault rate-limited-seconds=0.1 --fault"
          + " in-band-error=0.05",
      "  livemind simulator --list"
    })
public final class SimulatorCommand implements Callable<Integer> {
  private static final String LABEL = "simulator";

  /** Its connections are cut, whatever they do. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(5);

  private final CommandContext context;

  @Option(
      names = "--profile",
      paramLabel = "[MODEL=]NAME",
      description = {
        "A model to serve, by the name of its profile, and what requests call it, if not the same;"
            + " may be given several times.",
        "Default: fast-hosted-70b."
      })
  private List<String> profiles = List.of();

  @Option(names = "--list", description = "Lists the profiles with their figures, and ends.")
  private boolean list;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "To listen on; 0 takes any free one. Default: 8090.")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "To listen on. Default: 127.0.0.1, which only this machine reaches.")
  private @Nullable String bind;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Divides every simulated time. Default: 1.")
  private @Nullable Double speed;

  @Option(
      names = "--chunk-millis",
      paramLabel = "MILLIS",
      description = "Tokens due within this time may share an event. Default: 20.")
  private @Nullable Integer chunkMillis;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Replies in the order of the calls, one JSON object a line: text, fault.")
  private @Nullable Path script;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of made-up replies and drawn faults. Default: 0.")
  private @Nullable Integer seed;

  @Mixin private RoleOptions options = new RoleOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private FaultOptions faults = new FaultOptions();

  public SimulatorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      ModelProfiles.all().forEach(profile -> context.out().print(described(profile)));
      return ExitCode.OK.code();
    }
    Settings settings = options.settings(context.environment(), assignments());
    SimulatorConfig config = SimulatorSettings.of(settings);
    try (var process = RoleProcess.begin(context, LABEL, settings)) {
      Simulator simulator = Simulator.start(config, process.registry());
      context.out().println(simulator.baseUrl());
      String line =
          "simulated models "
              + config.models().keySet().stream().sorted().collect(Collectors.joining(", "))
              + " at "
              + simulator.baseUrl();
      return process.run(simulator, () -> true, line, CLEAN_UP);
    }
  }

  /** The options in the form of {@code --set}. */
  private List<String> assignments() {
    var assignments = new ArrayList<String>();
    BiConsumer<String, @Nullable Object> assign =
        (key, value) -> {
          if (value != null) assignments.add(key + "=" + value);
        };
    profiles.forEach(named -> assignments.add(model(named)));
    assign.accept("simulator.port", port);
    assign.accept("simulator.host", bind);
    assign.accept("simulator.speed", speed);
    assign.accept("simulator.chunk-interval", chunkMillis == null ? null : chunkMillis + "ms");
    assign.accept("simulator.script", script);
    assign.accept("simulator.seed", seed);
    engine.assign(assign);
    faults.assign(assign);
    return assignments;
  }

  private static String model(String named) {
    int equals = named.indexOf('=');
    String profile = named.substring(equals + 1);
    String model = equals < 0 ? profile : named.substring(0, equals);
    return SimulatorSettings.modelKey(model) + "=" + profile;
  }

  private static String described(ModelProfile profile) {
    return "%s%n  %s%n  %s%n"
        .formatted(
            profile.name(),
            "%.3f s + %.6f s per uncached prompt token + %.6f s per token"
                .formatted(
                    profile.latency().overheadSeconds(),
                    profile.latency().secondsPerPromptToken(),
                    profile.latency().secondsPerCompletionToken()),
            profile.source());
  }
}
