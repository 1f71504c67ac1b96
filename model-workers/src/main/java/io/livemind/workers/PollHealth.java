package io.livemind.workers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a poller polls: from its first poll that came back on, until one fails; then again after
 * {@link #STEADY} of polls of which none failed.
 *
 * <p>Threading: the poller's thread tells, any thread asks.
 */
final class PollHealth {
  /**
   * A consumer that the brokers refuse polls in vain for a moment before it hears of it: longer
   * than that, so that a worker which is refused again and again does not seem ready in between.
   */
  static final Duration STEADY = Duration.ofSeconds(5);

  private final LongSupplier nanoClock;
  private boolean failed;
  private long failedNanos;
  private volatile boolean polls;

  /**
   * Of a poller that has not polled.
   *
   * @param nanoClock {@code nanoTime}
   */
  PollHealth(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A poll came back, with tasks or without. */
  void polled() {
    if (failed && nanoClock.getAsLong() - failedNanos < STEADY.toNanos()) return;
    failed = false;
    polls = true;
  }

  /** A poll, or what belongs to it, failed. */
  void failed() {
    failed = true;
    failedNanos = nanoClock.getAsLong();
    polls = false;
  }

  boolean polls() {
    return polls;
  }
}
