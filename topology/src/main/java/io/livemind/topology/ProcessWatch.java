package io.livemind.topology;

import java.time.Duration;

/**
 * Notices that the whole process stood still, for longer than the group waits for a member: its
 * partitions may belong to another instance by now, which at-least-once does not fence
 * (KAFKA-12693). The process then halts before it writes anything.
 *
 * <p>Threading: a daemon thread of its own sets the beat; any Streams thread may {@link #check}.
 */
final class ProcessWatch {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration BEAT = Duration.ofMillis(100);

  private final Runnable onPause;
  private final long longestPauseNanos;
  private volatile long beatNanos;

  private ProcessWatch(Runnable onPause, long longestPauseNanos) {
    this.onPause = onPause;
    this.longestPauseNanos = longestPauseNanos;
    this.beatNanos = System.nanoTime();
  }

  /** Watches this process, and halts it after a pause. */
  static ProcessWatch halting() {
    var watch = new ProcessWatch(() -> Runtime.getRuntime().halt(70), LONGEST_PAUSE.toNanos());
    Thread.ofPlatform().daemon().name("process-watch").start(watch::beat);
    return watch;
  }

  /** For a process in which nobody else can own the state. */
  static ProcessWatch off() {
    return new ProcessWatch(() -> {}, Long.MAX_VALUE);
  }

  /** Called before anything is read or written. */
  void check() {
    if (System.nanoTime() - beatNanos > longestPauseNanos) onPause.run();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        check(); // Else this beat would hide the pause from the Streams threads.
        beatNanos = System.nanoTime();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
