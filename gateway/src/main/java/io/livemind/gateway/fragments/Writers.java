package io.livemind.gateway.fragments;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers for the clients of sessions: by the clock, and each larger than those before, so that the
 * newest client of a session takes over. They stay below 2⁵³, which JavaScript holds exactly.
 *
 * <p>Threading: any thread.
 */
public final class Writers {
  /** Numbers in a millisecond. */
  private static final int PER_MILLISECOND = 1_024;

  private final LongSupplier clock;
  private final AtomicLong last = new AtomicLong();

  /**
   * @param clock milliseconds since the epoch
   */
  public Writers(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * The next number.
   *
   * @param after a number that the client had at a gateway whose clock may be ahead
   */
  public long next(long after) {
    long byClock = clock.getAsLong() * PER_MILLISECOND;
    return last.updateAndGet(before -> Math.max(Math.max(byClock, before + 1), after + 1));
  }
}
