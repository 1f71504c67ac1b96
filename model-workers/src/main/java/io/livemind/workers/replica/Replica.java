package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import java.util.OptionalLong;

/**
 * One replica as this worker sees it: its client, its places, its health.
 *
 * <p>Threading: under the lock of its {@link ModelPool}.
 */
final class Replica {
  private final String id;
  private final ModelClient client;
  private final PlaceLimit limit;
  private final Breaker breaker = new Breaker();
  private int used;
  private boolean asksToWait;
  private long waitUntilNanos;

  Replica(String id, int places, ModelClient client) {
    this.id = id;
    this.client = client;
    this.limit = new PlaceLimit(places);
  }

  String id() {
    return id;
  }

  ModelClient client() {
    return client;
  }

  boolean hasFreePlace(long nowNanos) {
    return used < limit.places() && breaker.allows(nowNanos) && waitLeftNanos(nowNanos) == 0;
  }

  void takePlace() {
    used++;
    breaker.started();
  }

  /** The call has ended, and its place is free. */
  void ended(ModelOutcome outcome, OptionalLong firstTokenMillis, long nowNanos) {
    switch (outcome) {
      case Finished _ -> {
        breaker.succeeded();
        firstTokenMillis.ifPresent(millis -> limit.succeeded(used, millis, nowNanos));
      }
      case Cancelled _ -> breaker.abandoned(nowNanos);
      case Failed failed -> failed(failed, nowNanos);
    }
    used--;
  }

  private void failed(Failed failed, long nowNanos) {
    switch (failed.code()) {
      case RATE_LIMITED, OVERLOADED -> {
        limit.refused(nowNanos);
        failed.retryAfter().ifPresent(wait -> waitUntil(nowNanos + wait.toNanos()));
        // Refusing is no sign of death, but a server that only refuses is left alone too.
        breaker.failed(failed.code(), nowNanos);
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
          breaker.failed(failed.code(), nowNanos);
      // These are about the request: the replica is well.
      default -> breaker.succeeded();
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
    return Math.max(waitLeftNanos(nowNanos), breaker.pauseLeftNanos(nowNanos));
  }

  private long waitLeftNanos(long nowNanos) {
    if (!asksToWait) return 0;
    long left = waitUntilNanos - nowNanos;
    if (left > 0) return left;
    asksToWait = false;
    return 0;
  }

  FailureCode lastFailure() {
    return breaker.lastFailure();
  }

  int used() {
    return used;
  }

  int places() {
    return limit.places();
  }
}
