package io.livemind.benchmarks.harness;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;

/**
 * Tells how busy the machine was with something else: a thread that wants to run each millisecond
 * and notes how late it does.
 *
 * <p>Threading: one thread of its own; {@link #takeLateness} by one caller.
 */
public final class TimerWatch implements AutoCloseable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Recorder lateness = new Recorder(LONGEST_NANOS, 2);
  private final Thread thread;

  private TimerWatch() {
    thread = Thread.ofPlatform().name("timer-watch").daemon().unstarted(this::watch);
  }

  /** Starts watching. */
  public static TimerWatch start() {
    var watch = new TimerWatch();
    watch.thread.start();
    return watch;
  }

  /** How late the timer was at p99 since this was last asked. */
  public Duration takeLateness() {
    return Duration.ofNanos(lateness.getIntervalHistogram().getValueAtPercentile(99));
  }

  /** Ticks that were missed count as well: each keeps its place in the schedule. */
  private void watch() {
    long due = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      due += PERIOD_NANOS;
      long wait = due - System.nanoTime();
      while (wait > 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(this, wait);
        wait = due - System.nanoTime();
      }
      lateness.recordValue(Math.clamp(-wait, 0, LONGEST_NANOS));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
