package io.livemind.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices that the whole process stood still for longer than the group waits for a member, or that
 * its wall clock was set back by as much: Kafka's clients tell time by it, so commits, heartbeats
 * and timers rest until it is where it was. In both cases its partitions may belong to another
 * instance, which at-least-once does not fence (KAFKA-12693). The process then halts before it
 * writes anything; what comes in its place begins with the clock as it is.
 *
 * <p>Threading: a daemon thread of its own sets the beat; any Streams thread may {@link #check}.
 */
final class ProcessWatch {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration BEAT = Duration.ofMillis(100);

  private final Runnable onPause;
  private final long longestPauseNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier wallMillis;
  private volatile long beatNanos;
  private long beatWallNanos;

  ProcessWatch(
      Runnable onPause, Duration longestPause, LongSupplier nanoTime, LongSupplier wallMillis) {
    this.onPause = onPause;
    this.longestPauseNanos = longestPause.toNanos();
    this.nanoTime = nanoTime;
    this.wallMillis = wallMillis;
    this.beatNanos = nanoTime.getAsLong();
    this.beatWallNanos = wallNanos();
  }

  /** Watches this process, and halts it when others may have taken its place. */
  static ProcessWatch halting() {
    var watch =
        new ProcessWatch(
            () -> Runtime.getRuntime().halt(70),
            LONGEST_PAUSE,
            System::nanoTime,
            System::currentTimeMillis);
    Thread.ofPlatform().daemon().name("process-watch").start(watch::beatForEver);
    return watch;
  }

  /** For a process in which nobody else can own the state. */
  static ProcessWatch off() {
    return new ProcessWatch(
        () -> {}, Duration.ofNanos(Long.MAX_VALUE), System::nanoTime, System::currentTimeMillis);
  }

  /** Called before anything is read or written. */
  void check() {
    if (nanoTime.getAsLong() - beatNanos > longestPauseNanos) onPause.run();
  }

  private void beatForEver() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        beat();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process runs. */
  void beat() {
    check(); // Else this beat would hide the pause from the Streams threads.
    long nanos = nanoTime.getAsLong();
    long wallNanos = wallNanos();
    long setBackNanos = (nanos - beatNanos) - (wallNanos - beatWallNanos);
    if (setBackNanos > longestPauseNanos) onPause.run();
    beatNanos = nanos;
    beatWallNanos = wallNanos;
  }

  private long wallNanos() {
    return wallMillis.getAsLong() * 1_000_000;
  }
}
