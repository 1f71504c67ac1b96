package io.livemind.cli;

import io.livemind.simulator.Fault;
import io.livemind.simulator.FaultPlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that break simulated models on purpose. */
final class FaultOptions {
  @Option(
      names = "--fault",
      paramLabel = "NAME=RATE",
      description =
          "Puts a fault on a share of the calls, 1 for all; may be given several times. The names"
              + " stand in simulator/README.md.")
  private Map<String, Double> rates = Map.of();

  @Option(
      names = "--retry-after",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Told to calls that are rate limited. Default: 1.")
  private int retryAfterSeconds;

  @Option(
      names = "--stall-limit",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "After which a call that hangs is cut. Default: 60.")
  private int stallLimitSeconds;

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException if a fault is unknown or a number is not possible
   */
  FaultPlan plan(long seed) {
    var faults = new EnumMap<Fault, Double>(Fault.class);
    rates.forEach((name, rate) -> faults.put(fault(name), rate));
    return new FaultPlan(
        faults, seed, Duration.ofSeconds(retryAfterSeconds), Duration.ofSeconds(stallLimitSeconds));
  }

  private static Fault fault(String name) {
    return Fault.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--fault must be one of " + Fault.codes() + ", but is \"" + name + "\""));
  }
}
