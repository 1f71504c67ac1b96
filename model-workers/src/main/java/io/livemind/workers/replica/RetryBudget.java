package io.livemind.workers.replica;

import io.livemind.workers.model.ModelOutcome.Failed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Whether a call that failed before its first text is made again here and now. At most once a task,
 * at most one call in ten on the whole (a bucket, as in gRPC's retry throttling): when everything
 * fails, retries would only double the load; the session machine asks again later.
 *
 * <p>Threading: any thread; each method is one step.
 */
public final class RetryBudget {
  private static final int RETRY = 10;
  private static final int FULL = 10 * RETRY;

  /** A longer wait is the session machine's business: it holds no place meanwhile. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final long PAUSE_MILLIS = 100;

  private final DoubleSupplier random;
  private int tokens = FULL;

  /**
   * A full budget.
   *
   * @param random from 0 to 1, for the jitter
   */
  public RetryBudget(DoubleSupplier random) {
    this.random = random;
  }

  /** A call ended well. */
  public synchronized void succeeded() {
    tokens = Math.min(FULL, tokens + 1);
  }

  /**
   * How long to wait before the call is made again; empty: it is not.
   *
   * @param retriesBefore retries of this task so far
   */
  public synchronized Optional<Duration> retry(Failed failure, int retriesBefore) {
    if (retriesBefore > 0 || !failure.code().retryable() || tokens < RETRY) return Optional.empty();
    Optional<Duration> wait =
        switch (failure.code()) {
          // The place was lost on the way: the next connection may be good.
          case DISCONNECTED, UNREACHABLE, CONNECT_TIMEOUT, TRUNCATED, MALFORMED ->
              Optional.of(Duration.ZERO);
          case RATE_LIMITED, OVERLOADED, MODEL_ERROR ->
              Optional.of(failure.retryAfter().orElseGet(this::jittered));
          // These have used up the patience of whoever waits.
          default -> Optional.empty();
        };
    if (wait.isEmpty() || wait.get().compareTo(LONGEST_WAIT) > 0) return Optional.empty();
    tokens -= RETRY;
    return wait;
  }

  private Duration jittered() {
    return Duration.ofMillis((long) (PAUSE_MILLIS * (0.5 + random.getAsDouble())));
  }
}
