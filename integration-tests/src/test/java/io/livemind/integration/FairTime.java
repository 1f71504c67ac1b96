package io.livemind.integration;

import java.time.Duration;

/**
 * What a promise about time comes to on a machine that has other things to do: later by the longest
 * time for which this process, which was due, was not run. On a machine at rest it is what was
 * promised.
 *
 * <p>Threading: a daemon thread of its own watches from the start on; any thread may ask.
 */
final class FairTime implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(5);

  private final Thread watch = Thread.ofPlatform().daemon().name("fair-time").unstarted(this::beat);
  private volatile long longestNanos;

  private FairTime() {}

  /** Watches from now on. */
  static FairTime watching() {
    var time = new FairTime();
    time.watch.start();
    return time;
  }

  private void beat() {
    try {
      for (long last = System.nanoTime(); ; last = System.nanoTime()) {
        Thread.sleep(BEAT);
        long late = System.nanoTime() - last - BEAT.toNanos();
        longestNanos = Math.max(longestNanos, late);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long that may take which is promised to take so long. */
  Duration of(Duration promised) {
    return promised.plusNanos(longestNanos);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
