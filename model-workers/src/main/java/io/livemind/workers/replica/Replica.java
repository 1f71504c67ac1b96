package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.TokenCounts;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One replica as this worker sees it: its client, its places, its rates, its health.
 *
 * <p>Threading: under the lock of its {@link ModelPools}.
 */
final class Replica {
  private final ReplicaConfig config;
  private final ModelClient client;
  private final PlaceLimit limit;
  private final Optional<RateLimit> requests;
  private final Optional<RateLimit> tokens;
  private final Breaker breaker = new Breaker();
  private int used;
  private boolean asksToWait;
  private long waitUntilNanos;

  Replica(ReplicaConfig config, ModelClient client, long nowNanos) {
    this.config = config;
    this.client = client;
    this.limit = new PlaceLimit(config.limits().places());
    this.requests =
        config.limits().requestsPerMinute().map(limit -> new RateLimit(limit, nowNanos));
    this.tokens = config.limits().tokensPerMinute().map(limit -> new RateLimit(limit, nowNanos));
  }

  ReplicaConfig config() {
    return config;
  }

  String id() {
    return config.id();
  }

  ModelClient client() {
    return client;
  }

  boolean likelyFits(Want want) {
    return config.limits().contextWindow().map(want::likelyFits).orElse(true);
  }

  boolean mayFit(Want want) {
    return config.limits().contextWindow().map(want::mayFit).orElse(true);
  }

  boolean hasFreePlace(long nowNanos) {
    return used < limit.places()
        && breaker.allows(nowNanos)
        && waitLeftNanos(nowNanos) == 0
        && rateWaitNanos(nowNanos) == 0;
  }

  /**
   * A call takes a place.
   *
   * @return its round at the breaker, to be told with its end
   */
  long takePlace(Want want, long nowNanos) {
    used++;
    requests.ifPresent(rate -> rate.spend(1, nowNanos));
    tokens.ifPresent(rate -> rate.spend(Want.tokens(want.promptLength()), nowNanos));
    return breaker.started();
  }

  /** The call has ended, and its place is free. */
  void ended(
      Want want, long round, ModelOutcome outcome, OptionalLong firstTokenMillis, long nowNanos) {
    settle(want, outcome.tokens(), nowNanos);
    switch (outcome) {
      case Finished _ -> {
        breaker.succeeded(round);
        firstTokenMillis.ifPresent(millis -> limit.succeeded(used, millis, nowNanos));
      }
      case Cancelled _ -> breaker.abandoned(round, nowNanos);
      case Failed failed -> failed(failed, round, nowNanos);
    }
    used--;
  }

  /** What it cost beyond the estimate that was spent at the start. */
  private void settle(Want want, TokenCounts counts, long nowNanos) {
    if (tokens.isEmpty()) return;
    long estimated = Want.tokens(want.promptLength());
    long prompt = counts.prompt().isPresent() ? counts.prompt().getAsInt() : estimated;
    tokens.get().spend(prompt - estimated + counts.completion().orElse(0), nowNanos);
  }

  private void failed(Failed failed, long round, long nowNanos) {
    switch (failed.code()) {
      case RATE_LIMITED, OVERLOADED -> {
        limit.refused(nowNanos);
        failed.retryAfter().ifPresent(wait -> waitUntil(nowNanos + wait.toNanos()));
        // Refusing is no sign of death, but a server that only refuses is left alone too.
        breaker.failed(failed.code(), round, nowNanos);
      }
      case UNREACHABLE,
          CONNECT_TIMEOUT,
          DISCONNECTED,
          MODEL_ERROR,
          FIRST_TOKEN_TIMEOUT,
          IDLE_TIMEOUT,
          TRUNCATED,
          MALFORMED,
          UNAUTHORISED,
          OUT_OF_CREDIT ->
          breaker.failed(failed.code(), round, nowNanos);
      // These are about the request: the replica is well.
      default -> breaker.succeeded(round);
    }
  }

  private void waitUntil(long nanos) {
    if (!asksToWait || nanos - waitUntilNanos > 0) waitUntilNanos = nanos;
    asksToWait = true;
  }

  /**
   * Nanoseconds until time alone may make the replica usable again; 0: it is not time that lacks.
   */
  long unusableNanos(long nowNanos) {
    return Math.max(
        rateWaitNanos(nowNanos),
        Math.max(waitLeftNanos(nowNanos), breaker.pauseLeftNanos(nowNanos)));
  }

  private long rateWaitNanos(long nowNanos) {
    long wait = requests.isEmpty() ? 0 : requests.get().waitNanos(nowNanos);
    return tokens.isEmpty() ? wait : Math.max(wait, tokens.get().waitNanos(nowNanos));
  }

  private long waitLeftNanos(long nowNanos) {
    if (!asksToWait) return 0;
    long left = waitUntilNanos - nowNanos;
    if (left > 0) return left;
    asksToWait = false;
    return 0;
  }

  /** Why the replica is not to be asked, where it is not. */
  FailureCode reason(long nowNanos) {
    boolean onlyRate = waitLeftNanos(nowNanos) == 0 && breaker.pauseLeftNanos(nowNanos) == 0;
    return onlyRate && rateWaitNanos(nowNanos) > 0
        ? FailureCode.RATE_LIMITED
        : breaker.lastFailure();
  }

  Breaker.State breakerState() {
    return breaker.state();
  }

  int used() {
    return used;
  }

  int places() {
    return limit.places();
  }
}
