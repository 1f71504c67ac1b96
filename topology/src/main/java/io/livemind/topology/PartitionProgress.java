package io.livemind.topology;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The {@link InputProgress} of each partition that this instance has; the two stages of a partition
 * share one.
 *
 * <p>Threading: any Streams thread; each touches its own partitions only.
 */
final class PartitionProgress {
  private final Map<Integer, InputProgress> byPartition = new ConcurrentHashMap<>();
  private final InputProgress.Ends ends;
  private final Executor lookUp;

  /**
   * Progress against the ends that the brokers tell.
   *
   * @param lookUp where they are asked
   */
  PartitionProgress(InputProgress.Ends ends, Executor lookUp) {
    this.ends = ends;
    this.lookUp = lookUp;
  }

  /** The first stage begins with a partition that was just assigned. */
  InputProgress assigned(int partition) {
    var progress = new InputProgress(ends, lookUp, System::nanoTime);
    byPartition.put(partition, progress);
    progress.assigned(partition);
    return progress;
  }

  /** The second stage joins it. */
  InputProgress of(int partition) {
    return Optional.ofNullable(byPartition.get(partition))
        .orElseThrow(() -> new IllegalStateException("the first stage begins"));
  }
}
