package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.replica.ModelPool.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The replicas of one model, looked at together.
 *
 * <p>Threading: under the lock of their {@link ModelPool}.
 */
record Replicas(List<Replica> all) {
  /** A look a little too late is better than one just too early. */
  private static final long MARGIN_NANOS = 1_000_000;

  Replicas {
    all = List.copyOf(all);
  }

  /** The first replica in the session's order that has a free place. */
  Optional<Replica> free(String session, long nowNanos) {
    return Rendezvous.order(session, all, Replica::id).stream()
        .filter(replica -> replica.hasFreePlace(nowNanos))
        .findFirst();
  }

  /** Says so if no replica is to be asked before the patience is at its end. */
  Optional<Unavailable> hopeless(long patienceNanos, long nowNanos) {
    long soonest = Long.MAX_VALUE;
    FailureCode code = FailureCode.OVERLOADED;
    for (Replica replica : all) {
      long unusable = replica.unusableNanos(nowNanos);
      if (unusable < soonest) {
        soonest = unusable;
        code = replica.lastFailure();
      }
    }
    if (soonest <= Math.max(0, patienceNanos)) return Optional.empty();
    Duration wait = Duration.ofNanos(soonest);
    return Optional.of(new Unavailable(code, "no replica is to be asked now", Optional.of(wait)));
  }

  /** When time alone may have made a replica usable; a release of a place is told at once. */
  long nextTryNanos(long nowNanos) {
    return all.stream()
        .mapToLong(replica -> replica.unusableNanos(nowNanos))
        .filter(nanos -> nanos > 0)
        .map(nanos -> nanos + MARGIN_NANOS)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  int used() {
    return all.stream().mapToInt(Replica::used).sum();
  }

  int places() {
    return all.stream().mapToInt(Replica::places).sum();
  }

  void close() {
    all.forEach(replica -> replica.client().close());
  }
}
