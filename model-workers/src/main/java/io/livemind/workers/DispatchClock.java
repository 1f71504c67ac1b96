package io.livemind.workers;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is where tasks are dispatched: the time of the last word that came from there, and
 * what has passed since. So it makes no difference how wrong this machine's wall clock is, and it
 * may be set while the worker runs. Behind by the way of that word, so a task looks younger than it
 * is and never older.
 *
 * <p>Threading: any thread.
 */
final class DispatchClock {
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;
  private volatile @Nullable Word last;

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

  /** Milliseconds since the epoch. */
  long millis() {
    Word word = last;
    if (word == null) return wallClock.millis();
    return word.millis() + (nanoClock.getAsLong() - word.heardNanos()) / 1_000_000;
  }
}
