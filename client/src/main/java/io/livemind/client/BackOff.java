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
  private boolean tooMuch;

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

  /** There is a connection again. */
  void reset() {
    if (!tooMuch) tries = 0;
  }

  /**
   * What was sent was more than the gateway takes at once. It is sent again on the next connection,
   * and needs as much again: the waits grow until all of it is confirmed.
   */
  void tooMuchAtOnce() {
    tooMuch = true;
  }

  /** Nothing is left to be sent again. */
  void allConfirmed() {
    tooMuch = false;
    tries = 0;
  }
}
