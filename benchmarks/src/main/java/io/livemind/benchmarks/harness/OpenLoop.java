package io.livemind.benchmarks.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Load that keeps its schedule, however long what it loads takes. */
public final class OpenLoop {
  private OpenLoop() {}

  /**
   * Sends at a steady rate. What is late goes out at once, with the moment at which it was due.
   *
   * @param perSecond how many
   * @param duration for how long
   * @param send gets the intended {@link System#nanoTime}; does not block
   */
  public static void run(double perSecond, Duration duration, LongConsumer send) {
    long begun = System.nanoTime();
    double gapNanos = 1e9 / perSecond;
    long total = Math.round(perSecond * duration.toNanos() / 1e9);
    for (long i = 0; i < total; i++) {
      long due = begun + (long) (i * gapNanos);
      long wait = due - System.nanoTime();
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        wait = due - System.nanoTime();
      }
      send.accept(due);
    }
  }
}
