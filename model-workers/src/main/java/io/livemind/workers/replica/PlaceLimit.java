package io.livemind.workers.replica;

/**
 * How many calls a replica gets at a time: additive increase, multiplicative decrease (as in TCP,
 * RFC 5681) between one and the configured places. A refusal for load or a time to first token far
 * above the usual one shrinks it, once a second at most; a round of good calls that used it fully
 * lets it grow by one.
 *
 * <p>Threading: under the lock of its owner. Pure: time comes as {@code nanoTime} readings.
 */
final class PlaceLimit {
  private static final double SHRINK_ON_REFUSAL = 0.7;
  private static final double SHRINK_ON_SLOWNESS = 0.9;

  /**
   * Prompts differ in length: only a first token that takes a multiple of the usual time counts.
   */
  private static final double SLOW_FACTOR = 4;

  /** Calls after which the usual time is known well enough to compare with. */
  private static final int CALLS_TO_LEARN = 20;

  private static final double WEIGHT_OF_USUAL = 0.02;
  private static final double WEIGHT_OF_RECENT = 0.2;
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final int most;
  private double limit;
  private long lastShrinkNanos;
  private boolean shrunk;
  private double usualMillis;
  private double recentMillis;
  private int measured;

  PlaceLimit(int most) {
    this.most = most;
    this.limit = most;
  }

  /** Calls that may run at a time; at least one. */
  int places() {
    return (int) limit;
  }

  /** A call was refused for load. */
  void refused(long nowNanos) {
    shrink(SHRINK_ON_REFUSAL, nowNanos);
  }

  /**
   * A call ended well.
   *
   * @param used calls that ran at its end, itself included
   * @param firstTokenMillis how long its first token took
   */
  void succeeded(int used, long firstTokenMillis, long nowNanos) {
    learn(firstTokenMillis);
    if (measured >= CALLS_TO_LEARN && recentMillis > SLOW_FACTOR * Math.max(1, usualMillis)) {
      shrink(SHRINK_ON_SLOWNESS, nowNanos);
    } else if (used >= places()) {
      limit = Math.min(most, limit + 1 / limit);
    }
  }

  private void learn(long millis) {
    boolean first = measured == 0;
    usualMillis = first ? millis : usualMillis + WEIGHT_OF_USUAL * (millis - usualMillis);
    recentMillis = first ? millis : recentMillis + WEIGHT_OF_RECENT * (millis - recentMillis);
    measured++;
  }

  private void shrink(double factor, long nowNanos) {
    // Refusals come in a row for one and the same overload.
    if (shrunk && nowNanos - lastShrinkNanos < PAUSE_NANOS) return;
    shrunk = true;
    lastShrinkNanos = nowNanos;
    limit = Math.max(1, limit * factor);
  }
}
