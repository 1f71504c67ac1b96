package io.livemind.workers.replica;

/**
 * An amount a minute, spread over it: a bucket that fills steadily and holds what comes in ten
 * seconds. What turns out to have cost more than was known before is a debt that the next ones wait
 * for.
 *
 * <p>Threading: under the lock of its owner. Pure: time comes as {@code nanoTime} readings.
 */
final class RateLimit {
  private static final double NANOS_A_MINUTE = 60e9;

  /** Servers that count by shorter spans than a minute must not see a minute's worth at once. */
  private static final double BUCKETS_A_MINUTE = 6;

  private final double perNano;
  private final double most;
  private double level;
  private long lastNanos;

  /** A full bucket. */
  RateLimit(int perMinute, long nowNanos) {
    this.perNano = perMinute / NANOS_A_MINUTE;
    this.most = Math.max(1, perMinute / BUCKETS_A_MINUTE);
    this.level = most;
    this.lastNanos = nowNanos;
  }

  /** Takes the amount, or gives it back where it is negative. */
  void spend(double amount, long nowNanos) {
    fill(nowNanos);
    level = Math.min(most, level - amount);
  }

  /** Nanoseconds until there is one to spend; 0: now. */
  long waitNanos(long nowNanos) {
    fill(nowNanos);
    return level >= 1 ? 0 : (long) Math.ceil((1 - level) / perNano);
  }

  private void fill(long nowNanos) {
    level = Math.min(most, level + (nowNanos - lastNanos) * perNano);
    lastNanos = nowNanos;
  }
}
