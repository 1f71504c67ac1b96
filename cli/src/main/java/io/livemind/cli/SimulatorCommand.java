package io.livemind.cli;

import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ModelProfiles;
import io.livemind.simulator.ScriptFile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
      "Serves simulated models over the OpenAI API: no GPU, no key, no cost.",
      "",
      "Replies are made up and say so, or come from a script. They take the time that the profile's"
          + " model would take. Faults can be put on any call by the request header"
          + " x-simulator-fault, or on a share of the calls with --fault. What was served can be read"
          + " at /simulator/served.",
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
final class SimulatorCommand implements Callable<Integer> {
  private static final String DEFAULT_PROFILE = "fast-hosted-70b";

  private final CommandContext context;

  @Option(
      names = "--profile",
      paramLabel = "[MODEL=]NAME",
      description = {
        "A model to serve, by the name of its profile, and what requests call it, if not the same;"
            + " may be given several times.",
        "Default: " + DEFAULT_PROFILE + "."
      })
  private List<String> profiles = List.of(DEFAULT_PROFILE);

  @Option(names = "--list", description = "Lists the profiles with their figures, and ends.")
  private boolean list;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "To listen on; 0 takes any free one. Default: 8090.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "To listen on. Default: 127.0.0.1, which only this machine reaches.")
  private String bind = "";

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Divides every simulated time. Default: 1.")
  private double speed;

  @Option(
      names = "--chunk-millis",
      paramLabel = "MILLIS",
      defaultValue = "20",
      description = "Tokens due within this time may share an event. Default: 20.")
  private int chunkMillis;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Replies in the order of the calls, one JSON object a line: text, fault.")
  private @Nullable Path script;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of made-up replies and drawn faults. Default: 0.")
  private long seed;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private FaultOptions faults = new FaultOptions();

  SimulatorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (list) {
      ModelProfiles.all().forEach(profile -> context.out().print(described(profile)));
      return ExitCode.OK.code();
    }
    SimulatorConfig config = CommandException.checking(this::config);
    var stopped = new CountDownLatch(1);
    try (Interruption.Scope ignored = context.interruption().stoppingBy(stopped::countDown);
        Simulator simulator = Simulator.start(config)) {
      context.out().println(simulator.baseUrl());
      context
          .err()
          .println(
              "livemind: simulated models "
                  + config.models().keySet().stream().sorted().collect(Collectors.joining(", "))
                  + " at "
                  + simulator.baseUrl()
                  + "; Ctrl-C ends them");
      stopped.await();
    }
    return ExitCode.OK.code();
  }

  private SimulatorConfig config() {
    Map<String, ModelProfile> models = new LinkedHashMap<>();
    for (String named : profiles) {
      int equals = named.indexOf('=');
      String profile = named.substring(equals + 1);
      String model = equals < 0 ? profile : named.substring(0, equals);
      if (model.isBlank() || models.put(model, engine.change(profile(profile))) != null)
        throw new IllegalArgumentException(
            "--profile must name each model once, but \"" + named + "\" names none, or one again");
    }
    return new SimulatorConfig(
        port,
        speed,
        models,
        bind,
        Duration.ofMillis(chunkMillis),
        faults.plan(seed),
        script == null ? List.of() : ScriptFile.read(script),
        seed,
        SimulatorConfig.DEFAULT_READ_BACK_LIMIT);
  }

  private static ModelProfile profile(String name) {
    return ModelProfiles.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--profile must be one of "
                        + ModelProfiles.all().stream()
                            .map(ModelProfile::name)
                            .collect(Collectors.joining(", "))
                        + ", but is \""
                        + name
                        + "\""));
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
