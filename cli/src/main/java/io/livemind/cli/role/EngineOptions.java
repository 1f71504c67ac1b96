package io.livemind.cli.role;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that change how simulated engines bear load; what is not given stays the profile's. */
final class EngineOptions {
  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "Calls that a model runs at once; the others wait.")
  private @Nullable Integer sequences;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = {
        "Calls that wait; one more gets status 503.",
        "Default: the profile's, at least 1000 where --sequences sets a limit."
      })
  private @Nullable Integer queue;

  @Option(
      names = "--load-factor",
      paramLabel = "X",
      description = "How much longer a token takes when all sequences run than when one does.")
  private @Nullable Double loadFactor;

  @Option(
      names = "--priority-queue",
      description = "The request's priority orders the queue (lower is earlier).")
  private boolean priorityQueue;

  @Option(
      names = "--jitter",
      paramLabel = "SHARE",
      description = "Standard deviation of each token's time, as a share of the mean: 0 to 0.3.")
  private @Nullable Double jitter;

  @Option(
      names = "--cache-blocks",
      paramLabel = "N",
      description = "Blocks of 16 prompt tokens that the prefix cache holds; 0: no cache.")
  private @Nullable Integer cacheBlocks;

  /** The keys that were given. */
  void assign(BiConsumer<String, @Nullable Object> assignments) {
    assignments.accept("simulator.engine.sequences", sequences);
    assignments.accept("simulator.engine.queue", queue);
    assignments.accept("simulator.engine.load-factor", loadFactor);
    assignments.accept("simulator.engine.priority-queue", priorityQueue ? true : null);
    assignments.accept("simulator.engine.jitter", jitter);
    assignments.accept("simulator.engine.cache-blocks", cacheBlocks);
  }
}
