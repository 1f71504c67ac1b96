package io.livemind.topology;

import io.livemind.topology.state.SessionStore;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deleted text leaves the disks of a partition in which nobody types any more, too.
 *
 * <p>A log's segment is closed, and RocksDB writes and looks through its files, only when something
 * is written. So each partition gets a record that holds nothing, every {@link
 * StoreConfig#rewriteInterval()}: it closes the changelog's segment, and reaches the copies on
 * other instances; the store of each writes its file then.
 */
final class Rewriting {
  /** Partitions take turns: writing a file holds the thread for some milliseconds. */
  private static final int TURNS = 64;

  private Rewriting() {}

  /** Lets the partition of this context write behind what was deleted. */
  static void every(Duration interval, ProcessorContext<?, ?> context, SessionStore store) {
    int turn = context.taskId().partition() % TURNS;
    Instant first = Instant.EPOCH.plus(interval.multipliedBy(turn).dividedBy(TURNS));
    context.schedule(first, interval, PunctuationType.WALL_CLOCK_TIME, _ -> store.writeBehind());
  }

  /** The same stores, which write their files after this interval. */
  static KeyValueBytesStoreSupplier of(KeyValueBytesStoreSupplier stores, Duration interval) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return stores.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new WrittenStore(stores.get(), interval, System::nanoTime);
      }

      @Override
      public String metricsScope() {
        return stores.metricsScope();
      }
    };
  }
}
