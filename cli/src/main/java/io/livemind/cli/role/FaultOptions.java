package io.livemind.cli.role;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
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
      description = "Told to calls that are rate limited. Default: 1.")
  private @Nullable Integer retryAfterSeconds;

  @Option(
      names = "--stall-limit",
      paramLabel = "SECONDS",
      description = "After which a call that hangs is cut. Default: 60.")
  private @Nullable Integer stallLimitSeconds;

  /** The keys that were given. */
  void assign(BiConsumer<String, @Nullable Object> assignments) {
    rates.forEach((name, rate) -> assignments.accept("simulator.faults." + name, rate));
    assignments.accept("simulator.retry-after", seconds(retryAfterSeconds));
    assignments.accept("simulator.stall-limit", seconds(stallLimitSeconds));
  }

  private static @Nullable String seconds(@Nullable Integer number) {
    return number == null ? null : number + "s";
  }
}
