package io.livemind.gateway.spending;

import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.problem.Problem;
import io.livemind.schemas.avro.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many tokens each user has spent today (UTC). A record tells the total of a session, so that
 * one that is read twice counts once. What a call costs is known when it ends: a user can pass the
 * limit by the calls that run at that moment, and by no more.
 *
 * <p>Threading: one thread takes records, any thread asks.
 */
public final class Spending {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** What the sessions of one user have spent on one day. */
  private static final class Spent {
    private final Map<String, Long> bySession = new HashMap<>();
    private long tokens;
  }

  private final OptionalLong most;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Spent> byOwner = new HashMap<>();
  private long day = Long.MIN_VALUE;

  /**
   * @param most tokens of a user and day; empty: no limit
   * @param clock milliseconds since the epoch
   */
  public Spending(OptionalLong most, LongSupplier clock) {
    this.most = most;
    this.clock = clock;
  }

  /** Counts a record, if it is of today. */
  public void take(Usage usage) {
    lock.lock();
    try {
      if (usage.getDay() != today()) return;
      Spent spent = byOwner.computeIfAbsent(usage.getOwnerDigest(), _ -> new Spent());
      Long before = spent.bySession.put(usage.getSession(), usage.getTokensOfDay());
      spent.tokens += usage.getTokensOfDay() - (before == null ? 0 : before);
    } finally {
      lock.unlock();
    }
  }

  /** Users who have spent something today. */
  public int users() {
    lock.lock();
    try {
      long ignored = today();
      return byOwner.size();
    } finally {
      lock.unlock();
    }
  }

  /** Throws a {@link Problem} if the user has spent what a day allows. */
  public void check(Owner owner) {
    if (most.isEmpty() || owner.equals(Owner.NOBODY)) return;
    lock.lock();
    try {
      long now = clock.getAsLong();
      long tomorrow = (today() + 1) * DAY;
      Spent spent = byOwner.get(owner.inFragment());
      if (spent != null && spent.tokens >= most.getAsLong())
        throw Problem.tooMany(
            "tokens-per-user-and-day", most.getAsLong(), Duration.ofMillis(tomorrow - now));
    } finally {
      lock.unlock();
    }
  }

  /** The day of the clock; another day begins with nothing spent. */
  private long today() {
    long now = Math.floorDiv(clock.getAsLong(), DAY);
    if (now != day) {
      byOwner.clear();
      day = now;
    }
    return now;
  }
}
