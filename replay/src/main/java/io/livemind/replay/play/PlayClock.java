package io.livemind.replay.play;

/** The time of a replay, injected. */
public interface PlayClock {

  /** Monotonic; all figures are differences of it. */
  long nanoTime();

  /** Wall clock, milliseconds since the epoch; only stamped on fragments. */
  long currentTimeMillis();

  /** The clocks of this machine. */
  static PlayClock system() {
    return new PlayClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long currentTimeMillis() {
        return System.currentTimeMillis();
      }
    };
  }
}
