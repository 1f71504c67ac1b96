package io.livemind.cli;

import io.livemind.simulator.ModelProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that change how simulated engines bear load; what is not given stays the profile's. */
final class EngineOptions {
  private static final int DEFAULT_QUEUE = 1_000;

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

  /** The profile with what the options say. */
  ModelProfile change(ModelProfile profile) {
    ModelProfile changed =
        profile.withConcurrency(
            sequences == null ? profile.maxSequences() : sequences,
            queue == null ? defaultQueue(profile) : queue,
            loadFactor == null ? profile.loadFactor() : loadFactor);
    if (priorityQueue) changed = changed.withPriorityQueue(true);
    if (jitter != null) changed = changed.withJitter(jitter, profile.seed());
    return cacheBlocks == null ? changed : changed.withCacheBlocks(cacheBlocks);
  }

  private int defaultQueue(ModelProfile profile) {
    return sequences == null ? profile.maxQueue() : Math.max(profile.maxQueue(), DEFAULT_QUEUE);
  }
}
