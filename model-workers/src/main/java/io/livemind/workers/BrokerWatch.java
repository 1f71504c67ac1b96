package io.livemind.workers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the brokers answer. The control consumer tells, which asks them twice a second, whether
 * there is news or not.
 *
 * <p>Share consumers must not outlive their brokers: while its group's coordinator is unknown, both
 * threads of a consumer spin (Kafka 4.3.1: nothing waits when a heartbeat is overdue; eight pollers
 * took 136 % of a core, from a broker that was starting on the same machine).
 *
 * <p>Threading: one thread tells, any thread asks.
 */
final class BrokerWatch {
  /**
   * Longer than the loss of one broker takes to be mended (by default its session of 9 s, and an
   * election before it where it was the controller), or a pause of this process.
   */
  static final Duration SILENCE = Duration.ofSeconds(15);

  /**
   * One look finds no connection when the only broker that was asked has died; by the next one the
   * client has asked another. Looks are counted, not time, for a pause of this process has none.
   */
  static final int UNCONNECTED_LOOKS = 2;

  private final LongSupplier nanoClock;
  private volatile long heardNanos;
  private volatile int unconnectedLooks;

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
    unconnectedLooks = 0;
  }

  /**
   * A second or so has passed, and none has answered.
   *
   * @param connected whether there is a connection to any; where they were found gone, a connection
   *     is no answer yet
   */
  void silent(boolean connected) {
    int before = unconnectedLooks;
    if (!connected) unconnectedLooks = Math.min(before + 1, UNCONNECTED_LOOKS);
    else if (before < UNCONNECTED_LOOKS) unconnectedLooks = 0;
  }

  /** Whether none has answered for {@link #SILENCE}, or no connection to any was found again. */
  boolean areGone() {
    return unconnectedLooks == UNCONNECTED_LOOKS
        || nanoClock.getAsLong() - heardNanos > SILENCE.toNanos();
  }
}
