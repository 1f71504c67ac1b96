package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.replica.ModelPools.Holder;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one model, and who waits for them. Where no place is free for an answer, the
 * youngest inference or draft that runs at one of them is cancelled for it.
 *
 * <p>Threading: any thread; the lock of {@link ModelPools}. Who waits is bounded by the tasks that
 * the worker holds.
 */
public final class ModelPool {

  /** What became of a wish for a place. */
  public sealed interface Taken {}

  /** No place in time. */
  public record Unavailable(FailureCode code, String reason, Optional<Duration> retryAfter)
      implements Taken {}

  /** A place at a replica; give it back by {@link #ended}. */
  public static final class Place implements Taken {
    private final ModelPools pools;
    private final Replica replica;
    private final Wish wish;

    Place(ModelPools pools, Replica replica, Wish wish) {
      this.pools = pools;
      this.replica = replica;
      this.wish = wish;
    }

    /** Calls the replica. */
    public ModelClient client() {
      return replica.client();
    }

    /** The replica. */
    public ReplicaConfig replica() {
      return replica.config();
    }

    /** The call has ended; the place is free for others. To be called once. */
    public void ended(ModelOutcome outcome, OptionalLong firstTokenMillis) {
      synchronized (pools.lock) {
        replica.ended(wish.want, wish.round, outcome, firstTokenMillis, pools.clock.getAsLong());
        pools.ended(wish);
      }
    }
  }

  private static final Unavailable TOO_LONG =
      new Unavailable(
          FailureCode.CONTEXT_TOO_LONG, "longer than every context window", Optional.empty());

  private final ModelPools pools;
  private final Replicas replicas;
  private final SequencedSet<Wish> answers = new LinkedHashSet<>();
  private final SequencedSet<Wish> others = new LinkedHashSet<>();

  ModelPool(ModelPools pools, Replicas replicas) {
    this.pools = pools;
    this.replicas = replicas;
  }

  /**
   * Takes a place for a call; waits for one if there is none, as long as {@code within}. Where
   * every replica is known to be down or asks to wait for longer than that, the answer comes at
   * once.
   *
   * @param holder who gives the place up if it is wanted for an answer
   */
  public Taken take(Want want, Duration within, Holder holder) throws InterruptedException {
    Replicas fitting = replicas.fitting(want);
    if (fitting.isEmpty()) return TOO_LONG;
    long endNanos = pools.clock.getAsLong() + within.toNanos();
    Wish wish;
    Optional<Holder> leaves = Optional.empty();
    synchronized (pools.lock) {
      wish = new Wish(want, holder, fitting, pools.nextNumber());
      boolean waitedFor = holder.isWaitedFor();
      queue(waitedFor).addLast(wish);
      pools.handOut();
      if (waitedFor && !wish.place.isDone()) leaves = pools.callToEnd(fitting);
    }
    leaves.ifPresent(Holder::makeRoom);
    boolean taken = false;
    try {
      Taken got = await(wish, endNanos, within);
      taken = got instanceof Place;
      return got;
    } finally {
      if (!taken) withdraw(wish);
    }
  }

  private Taken await(Wish wish, long endNanos, Duration within) throws InterruptedException {
    while (!wish.place.isDone()) {
      long now = pools.clock.getAsLong();
      Optional<Unavailable> hopeless;
      long nextTryNanos;
      synchronized (pools.lock) {
        hopeless = wish.replicas.hopeless(endNanos - now, now);
        nextTryNanos = wish.replicas.nextTryNanos(now);
      }
      if (hopeless.isPresent() && !wish.place.isDone()) return hopeless.get();
      if (arrives(wish, Math.min(endNanos - now, nextTryNanos))) break;
      if (pools.clock.getAsLong() - endNanos >= 0) return full(within);
      synchronized (pools.lock) {
        pools.handOut();
      }
    }
    return wish.place.join();
  }

  private static Unavailable full(Duration within) {
    return new Unavailable(
        FailureCode.OVERLOADED, "no place at a replica within " + within, Optional.empty());
  }

  private static boolean arrives(Wish wish, long nanos) throws InterruptedException {
    try {
      wish.place.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException none) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void withdraw(Wish wish) {
    synchronized (pools.lock) {
      answers.remove(wish);
      others.remove(wish);
      pools.takeBack(wish);
    }
  }

  /** Under the lock. */
  SequencedSet<Wish> queue(boolean waitedFor) {
    return waitedFor ? answers : others;
  }

  /** Under the lock: who waits longest of those for whom there is a place. */
  @Nullable Wish firstToServe(boolean waitedFor, long now) {
    if (queue(waitedFor).isEmpty() || !replicas.hasFree(now)) return null;
    for (Wish wish : queue(waitedFor)) if (wish.replicas.hasFree(now)) return wish;
    return null;
  }

  /** Under the lock: the holder's wish, if it waits here, is an answer's from now on. */
  Optional<Wish> promote(Holder holder) {
    for (Wish wish : others) {
      if (wish.holder != holder) continue;
      others.remove(wish);
      answers.addLast(wish);
      return Optional.of(wish);
    }
    return Optional.empty();
  }

  /** Under the lock. */
  int queued() {
    return answers.size() + others.size();
  }
}
