package io.livemind.workers;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many partitions a topic has: a record for a partition that is not there would block the
 * producer. Topics grow but do not shrink, so the brokers are asked again only for a partition
 * beyond the known ones, and once a second at most.
 *
 * <p>Threading: any thread; who asks the brokers holds the others up for the producer's {@code
 * max.block.ms} at most.
 */
final class KnownPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(KnownPartitions.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final IntSupplier ask;
  private final LongSupplier clock;
  private int count;
  private long askedNanos;

  /**
   * Asks once, now.
   *
   * @param ask the brokers' present answer
   * @param clock {@code nanoTime}
   */
  KnownPartitions(IntSupplier ask, LongSupplier clock) {
    this.ask = ask;
    this.clock = clock;
    this.count = ask.getAsInt();
    this.askedNanos = clock.getAsLong();
  }

  /** Whether the topic has this partition. */
  synchronized boolean has(int partition) {
    if (partition < 0) return false;
    if (partition >= count && clock.getAsLong() - askedNanos >= PAUSE_NANOS) askAgain();
    return partition < count;
  }

  private void askAgain() {
    askedNanos = clock.getAsLong();
    try {
      count = Math.max(count, ask.getAsInt());
    } catch (KafkaException unreachable) {
      LOG.warn("event=partitions_unknown", unreachable);
    }
  }
}
