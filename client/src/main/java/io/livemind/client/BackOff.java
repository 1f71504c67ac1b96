package io.livemind.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: up to a quarter of a second, then twice that each time, up
 * to eight seconds; each by chance between half and the whole of it, so that clients who lost a
 * gateway together do not come back together.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final int LARGEST_EXPONENT = 10;

  private final DoubleSupplier random;
  private int tries;

  /**
   * @param random from 0 to 1, exclusive
   */
  BackOff(DoubleSupplier random) {
    this.random = random;
  }

  /** The wait before the next try. */
  Duration next() {
    long doubled = FIRST.toMillis() << Math.min(tries++, LARGEST_EXPONENT);
    long longest = Math.min(LONGEST.toMillis(), doubled);
    return Duration.ofMillis((long) (longest * (0.5 + random.getAsDouble() / 2)));
  }

  /** It worked. */
  void reset() {
    tries = 0;
  }
}
