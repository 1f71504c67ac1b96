package io.livemind.topology;

import io.livemind.topology.session.SessionTimes;

/**
 * How long tasks have waited for a worker lately, by the topology's own clock: the load signal. A
 * moving mean over the last claims; when none come for a while it is forgotten, so that one call
 * finds out how things stand.
 *
 * <p>Threading: owned by one Streams thread.
 */
final class ClaimDelay {
  /** Above it, thinking and drafts are held back. */
  private static final int OVERLOAD_MILLIS = 1_000;

  /** A task that waits for so many times the recent delay is lost and not merely in a queue. */
  private static final int LEASE_DELAYS = 3;

  private static final int DOUBLINGS = 3;
  private static final int FORGET_MILLIS = 5_000;
  private static final double WEIGHT = 0.125;

  private final SessionTimes times;
  private double meanMillis;
  private long lastMillis = Long.MIN_VALUE / 2;

  ClaimDelay(SessionTimes times) {
    this.times = times;
  }

  /** A task was claimed that left at this time. */
  void claimed(long dispatchedAtMillis, long nowMillis) {
    long delay = Math.max(0, nowMillis - dispatchedAtMillis);
    double before = isForgotten(nowMillis) ? 0 : meanMillis;
    meanMillis = before + WEIGHT * (delay - before);
    lastMillis = nowMillis;
  }

  double meanMillis(long nowMillis) {
    return isForgotten(nowMillis) ? 0 : meanMillis;
  }

  boolean overloaded(long nowMillis) {
    return meanMillis(nowMillis) > OVERLOAD_MILLIS;
  }

  /**
   * How long a dispatched task may wait for its claim. Each further attempt may wait for twice as
   * long: in a queue that has only begun to grow nothing was claimed late yet, and five short
   * leases would end a turn whose task is merely behind others.
   */
  int leaseMillis(int attempt, long nowMillis) {
    double queue = LEASE_DELAYS * meanMillis(nowMillis);
    double patient = (double) times.claimLeaseMillis() * (1 << Math.min(attempt - 1, DOUBLINGS));
    return (int) Math.min(Math.max(patient, queue), Integer.MAX_VALUE / 2.0);
  }

  private boolean isForgotten(long nowMillis) {
    return nowMillis - lastMillis > FORGET_MILLIS;
  }
}
