package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import java.time.Duration;

/**
 * Keeps calls away from a replica that is down: after {@link #THRESHOLD} failures in a row it is
 * left alone for a second, then one call probes it; a failed probe doubles the pause, up to half a
 * minute; a good one lets all calls through again.
 *
 * <p>Each pause begins a round, and a call counts only in the round in which it began: of a replica
 * that is left alone only the probe tells. Calls from before the pause that end well are no sign
 * that new ones are taken, and those that fail are no new failures.
 *
 * <p>Threading: under the lock of its owner. Pure: time comes as {@code nanoTime} readings.
 */
public final class Breaker {
  static final int THRESHOLD = 5;
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Where the breaker stands. */
  public sealed interface State {
    /** Calls go through. */
    record Closed(int failuresInARow) implements State {}

    /** No call goes through before this moment. */
    record Open(long untilNanos, Duration pause) implements State {}

    /** One call is on its way to find out. */
    record Probing(Duration pause) implements State {}
  }

  private State state = new State.Closed(0);
  private FailureCode lastFailure = FailureCode.UNREACHABLE;
  private long round;

  /** Whether a call may go now. */
  boolean allows(long nowNanos) {
    return switch (state) {
      case State.Closed _ -> true;
      case State.Open open -> nowNanos - open.untilNanos() >= 0;
      case State.Probing _ -> false;
    };
  }

  /**
   * A call goes; the first one after a pause is the probe.
   *
   * @return its round, to be told with its end
   */
  long started() {
    if (state instanceof State.Open open) state = new State.Probing(open.pause());
    return round;
  }

  /** The replica answered: it is up, whatever it answered. */
  void succeeded(long startedIn) {
    if (startedIn == round) state = new State.Closed(0);
  }

  /** The call was given up here and says nothing; a probe that says nothing is made again. */
  void abandoned(long startedIn, long nowNanos) {
    if (startedIn == round && state instanceof State.Probing probing) {
      state = new State.Open(nowNanos, probing.pause());
    }
  }

  /** The replica failed the call. */
  void failed(FailureCode code, long startedIn, long nowNanos) {
    if (startedIn != round) return;
    lastFailure = code;
    state =
        switch (state) {
          case State.Closed(int failures) when failures + 1 < THRESHOLD ->
              new State.Closed(failures + 1);
          case State.Closed _ -> open(FIRST_PAUSE, nowNanos);
          case State.Probing(Duration pause) -> open(longer(pause), nowNanos);
          case State.Open open -> open;
        };
  }

  private State open(Duration pause, long nowNanos) {
    round++;
    return new State.Open(nowNanos + pause.toNanos(), pause);
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** Nanoseconds until a call may probe; 0 when one may go or is on its way. */
  long pauseLeftNanos(long nowNanos) {
    return state instanceof State.Open open ? Math.max(0, open.untilNanos() - nowNanos) : 0;
  }

  /** What the last failed call failed with. */
  FailureCode lastFailure() {
    return lastFailure;
  }

  State state() {
    return state;
  }
}
