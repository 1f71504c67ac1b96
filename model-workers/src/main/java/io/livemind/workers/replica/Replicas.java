package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.replica.ModelPool.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The replicas of one model, looked at together.
 *
 * <p>Threading: under the lock of their {@link ModelPools}.
 */
record Replicas(List<Replica> all) {
  /** A look a little too late is better than one just too early. */
  private static final long MARGIN_NANOS = 1_000_000;

  Replicas {
    all = List.copyOf(all);
  }

  /**
   * Those whose context window the call fits: by the usual measure, else those that it may fit;
   * empty: it is too long for all.
   */
  Replicas fitting(Want want) {
    if (all.stream().allMatch(replica -> replica.likelyFits(want))) return this;
    List<Replica> likely = all.stream().filter(replica -> replica.likelyFits(want)).toList();
    if (!likely.isEmpty()) return new Replicas(likely);
    return new Replicas(all.stream().filter(replica -> replica.mayFit(want)).toList());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean hasFree(long nowNanos) {
    for (Replica replica : all) if (replica.hasFreePlace(nowNanos)) return true;
    return false;
  }

  /**
   * The first replica in the session's order that has a free place. Who has failed the task before
   * is asked last: a replica that breaks off some of its calls must not use up all attempts.
   */
  Optional<Replica> free(Want want, long nowNanos) {
    List<Replica> order = Rendezvous.order(want.session(), all, Replica::id);
    for (int i = 0; i < order.size(); i++) {
      Replica replica = order.get((want.callsBefore() + i) % order.size());
      if (replica.hasFreePlace(nowNanos)) return Optional.of(replica);
    }
    return Optional.empty();
  }

  /** Says so if no replica is to be asked before the patience is at its end. */
  Optional<Unavailable> hopeless(long patienceNanos, long nowNanos) {
    long soonest = Long.MAX_VALUE;
    FailureCode code = FailureCode.OVERLOADED;
    for (Replica replica : all) {
      long unusable = replica.unusableNanos(nowNanos);
      if (unusable < soonest) {
        soonest = unusable;
        code = replica.reason(nowNanos);
      }
    }
    if (soonest <= Math.max(0, patienceNanos)) return Optional.empty();
    Duration wait = Duration.ofNanos(soonest);
    return Optional.of(new Unavailable(code, "no replica is to be asked now", Optional.of(wait)));
  }

  /** When time alone may have made a replica usable; a release of a place is told at once. */
  long nextTryNanos(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (Replica replica : all) {
      long unusable = replica.unusableNanos(nowNanos);
      if (unusable > 0) next = Math.min(next, unusable + MARGIN_NANOS);
    }
    return next;
  }
}
