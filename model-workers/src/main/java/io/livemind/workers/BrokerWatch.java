package io.livemind.workers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the brokers answer. The control consumer tells, which asks them twice a second, whether
 * there is news or not.
 *
 * <p>Share consumers must not outlive their brokers: while its group's coordinator is unknown, both
 * threads of a consumer spin (Kafka 4.3.1: nothing waits when a heartbeat is overdue; eight pollers
 * took 136 % of a core).
 *
 * <p>Threading: any thread.
 */
final class BrokerWatch {
  /**
   * Longer than the loss of one broker takes to be mended (by default its session of 9 s, and an
   * election before it where it was the controller), or a pause of this process.
   */
  static final Duration SILENCE = Duration.ofSeconds(15);

  private final LongSupplier nanoClock;
  private volatile long heardNanos;

  /**
   * A watch that has just heard them.
   *
   * @param nanoClock {@code nanoTime}
   */
  BrokerWatch(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    heard();
  }

  /** A broker has answered. */
  void heard() {
    heardNanos = nanoClock.getAsLong();
  }

  /** Whether none has for {@link #SILENCE}. */
  boolean areGone() {
    return nanoClock.getAsLong() - heardNanos > SILENCE.toNanos();
  }
}
