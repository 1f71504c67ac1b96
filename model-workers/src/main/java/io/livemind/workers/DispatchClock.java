package io.livemind.workers;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is where tasks are dispatched: the time of the last word that came from there, and
 * what has passed since. So it makes no difference how wrong this machine's wall clock is, and it
 * may be set while the worker runs. Behind by the way of that word, so a task looks younger than it
 * is and never older, unless the clock over there was ahead when that word came: so who leaves
 * tasks alone by this clock has to ask for a word now and then.
 *
 * <p>Threading: any thread.
 */
final class DispatchClock {
  private static final long ASK_NANOS = 1_000_000_000;

  private final InstantSource wallClock;
  private final LongSupplier nanoClock;
  private volatile @Nullable Word last;

  private final AtomicReference<@Nullable Long> lastAskedNanos = new AtomicReference<>();

  private record Word(long millis, long heardNanos) {}

  DispatchClock(InstantSource wallClock, LongSupplier nanoClock) {
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
  }

  /** A word came that was written at this time. */
  void heard(long millis) {
    last = new Word(millis, nanoClock.getAsLong());
  }

  /** Whether a word has come; until then the wall clock must do. */
  boolean known() {
    return last != null;
  }

  /**
   * Whether to ask for a word: once a second, beginning a second after the first time this was
   * asked.
   */
  boolean asks() {
    long now = nanoClock.getAsLong();
    Long last = lastAskedNanos.get();
    boolean due = last == null || now - last >= ASK_NANOS;
    return due && lastAskedNanos.compareAndSet(last, now) && last != null;
  }

  /** Milliseconds since the epoch. */
  long millis() {
    Word word = last;
    if (word == null) return wallClock.millis();
    return word.millis() + (nanoClock.getAsLong() - word.heardNanos()) / 1_000_000;
  }
}
