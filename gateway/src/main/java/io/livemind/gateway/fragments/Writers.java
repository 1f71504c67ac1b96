package io.livemind.gateway.fragments;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Numbers for the clients of sessions: by the clock, and each larger than those before, so that the
 * newest client of a session takes over. They stay below 2⁵³, which JavaScript holds exactly.
 *
 * <p>A number that a client brings moves the numbers of its own session only: what one user says
 * must not reach the clients of another.
 *
 * <p>Threading: any thread.
 *
 * <p>Waiting: the last number of 4,096 sessions is kept that are ahead of the clock here. Of one
 * that is forgotten, two clients that bring the same number at once may get the same one.
 */
public final class Writers {
  /** Numbers in a millisecond. */
  private static final int PER_MILLISECOND = 1_024;

  /** Clocks of gateways differ by less. */
  private static final Duration FARTHEST_AHEAD = Duration.ofDays(1);

  private static final int MOST_AHEAD = 4_096;

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> ahead =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_AHEAD;
        }
      };
  private long last;

  /**
   * @param clock milliseconds since the epoch
   */
  public Writers(LongSupplier clock) {
    this.clock = clock;
  }

  /** The next number, for a client that has had none of this session. */
  public long next(String session) {
    return next(session, 0);
  }

  /** Throws a {@link Problem} if this is no number that a gateway can have given out. */
  public void check(long number) {
    long byClock = clock.getAsLong() * PER_MILLISECOND;
    if (number > byClock + FARTHEST_AHEAD.toMillis() * PER_MILLISECOND)
      throw Problem.invalid(
          "writer", "lies more than a day ahead of the clock: bring the number of the session");
  }

  /**
   * The next number; throws a {@link Problem} if {@code after} is none that a gateway can have
   * given out.
   *
   * @param after a number that the client had at a gateway whose clock may be ahead
   */
  public long next(String session, long after) {
    lock.lock();
    try {
      long byClock = clock.getAsLong() * PER_MILLISECOND;
      check(after);
      last = Math.max(byClock, last + 1);
      long known = Math.max(after, ahead.getOrDefault(session, 0L));
      if (known < last) {
        ahead.remove(session);
        return last;
      }
      ahead.put(session, known + 1);
      return known + 1;
    } finally {
      lock.unlock();
    }
  }
}
