package io.livemind.gateway;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A rate that each of many may use, with a burst at once: a bucket each that fills steadily.
 *
 * <p>Threading: any thread.
 *
 * <p>It remembers the 50,000 that asked last; who was forgotten begins with a full bucket.
 */
final class RateLimit {
  private static final int REMEMBERED = 50_000;

  private final String name;
  private final long most;
  private final double perNano;
  private final double burst;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param name of the limit, as the client is told
   * @param most in {@code period}
   * @param burst at once
   */
  RateLimit(String name, long most, Duration period, double burst, LongSupplier nanoClock) {
    this.name = name;
    this.most = most;
    this.perNano = most / (double) period.toNanos();
    this.burst = burst;
    this.nanoClock = nanoClock;
  }

  /**
   * Takes so many of the key's allowance, or none and throws a {@link Problem} that tells when to
   * come. More than the burst takes all of it.
   */
  void take(String key, int count) {
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(burst, now));
      bucket.fill = Math.min(burst, bucket.fill + (now - bucket.atNanos) * perNano);
      bucket.atNanos = now;
      double taken = Math.min(count, burst);
      double lacking = taken - bucket.fill;
      if (lacking > 0)
        throw Problem.tooMany(name, most, Duration.ofNanos((long) Math.ceil(lacking / perNano)));
      bucket.fill -= taken;
    } finally {
      lock.unlock();
    }
  }

  private static final class Bucket {
    private double fill;
    private long atNanos;

    Bucket(double fill, long atNanos) {
      this.fill = fill;
      this.atNanos = atNanos;
    }
  }
}
