package io.livemind.workers.replica;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The replicas of one model. A place goes to answers before inferences, and within a kind to who
 * waits longest; where no place is free for an answer, the youngest inference that runs here is
 * cancelled for it.
 *
 * <p>Threading: any thread; one lock, never held while a call is made. Who waits is bounded by the
 * tasks that the worker holds.
 */
public final class ModelPool implements AutoCloseable {

  /** Who wants a place, and may have to give it up for an answer. */
  public interface Holder {
    /** Whether the holder is about to give its place back anyway. */
    boolean isLeaving();

    /** Its place is wanted: ends the call; returns at once. */
    void makeRoom();
  }

  /** What became of a wish for a place. */
  public sealed interface Taken {}

  /** No place in time. */
  public record Unavailable(FailureCode code, String reason, Optional<Duration> retryAfter)
      implements Taken {}

  /** A place at a replica; give it back by {@link #ended}. */
  public final class Place implements Taken {
    private final Replica replica;
    private final Wish wish;

    private Place(Replica replica, Wish wish) {
      this.replica = replica;
      this.wish = wish;
    }

    /** Calls the replica. */
    public ModelClient client() {
      return replica.client();
    }

    /** The call has ended; the place is free for others. To be called once. */
    public void ended(ModelOutcome outcome, OptionalLong firstTokenMillis) {
      synchronized (lock) {
        running.remove(wish);
        replica.ended(outcome, firstTokenMillis, clock.getAsLong());
        handOut();
      }
    }
  }

  private static final class Wish {
    final String session;
    final TaskKind kind;
    final Holder holder;
    final CompletableFuture<Place> place = new CompletableFuture<>();
    boolean makesRoom;

    Wish(String session, TaskKind kind, Holder holder) {
      this.session = session;
      this.kind = kind;
      this.holder = holder;
    }
  }

  private final Object lock = new Object();
  private final Replicas replicas;
  private final LongSupplier clock;
  private final Deque<Wish> answers = new ArrayDeque<>();
  private final Deque<Wish> inferences = new ArrayDeque<>();
  private final SequencedSet<Wish> running = new LinkedHashSet<>();

  /**
   * A pool of these replicas.
   *
   * @param clock {@code nanoTime}
   */
  ModelPool(List<Replica> replicas, LongSupplier clock) {
    this.replicas = new Replicas(replicas);
    this.clock = clock;
  }

  /** A pool of a model's replicas, each with a client of its own. */
  public static ModelPool of(ModelConfig model, Function<ReplicaConfig, ModelClient> clients) {
    List<Replica> replicas =
        model.replicas().stream()
            .map(config -> new Replica(config.id(), config.places(), clients.apply(config)))
            .toList();
    return new ModelPool(replicas, System::nanoTime);
  }

  /**
   * Takes a place for a call of the session; waits for one if there is none, as long as {@code
   * within}. Where every replica is known to be down or asks to wait for longer than that, the
   * answer comes at once.
   *
   * @param holder who gives the place up if it is wanted for an answer
   */
  public Taken take(String session, TaskKind kind, Duration within, Holder holder)
      throws InterruptedException {
    var wish = new Wish(session, kind, holder);
    long endNanos = clock.getAsLong() + within.toNanos();
    Runnable preempt;
    synchronized (lock) {
      queue(kind).addLast(wish);
      handOut();
      preempt = wish.place.isDone() ? () -> {} : preemption(kind);
    }
    preempt.run();
    boolean taken = false;
    try {
      while (true) {
        long now = clock.getAsLong();
        Optional<Unavailable> hopeless;
        long nextTryNanos;
        synchronized (lock) {
          hopeless = replicas.hopeless(endNanos - now, now);
          nextTryNanos = replicas.nextTryNanos(now);
        }
        if (!wish.place.isDone() && hopeless.isPresent()) return hopeless.get();
        Optional<Place> place = await(wish, Math.min(endNanos - now, nextTryNanos));
        if (place.isPresent()) {
          taken = true;
          return place.get();
        }
        if (clock.getAsLong() - endNanos >= 0) return full(within);
        synchronized (lock) {
          handOut();
        }
      }
    } finally {
      if (!taken) withdraw(wish);
    }
  }

  private static Unavailable full(Duration within) {
    return new Unavailable(
        FailureCode.OVERLOADED, "no place at a replica within " + within, Optional.empty());
  }

  private static Optional<Place> await(Wish wish, long nanos) throws InterruptedException {
    try {
      return Optional.of(wish.place.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
    } catch (TimeoutException none) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A place that came too late for the wish goes to the next one. */
  private void withdraw(Wish wish) {
    synchronized (lock) {
      queue(wish.kind).remove(wish);
      Place late = wish.place.getNow(null);
      if (late == null) return;
      running.remove(wish);
      late.replica.ended(
          new ModelOutcome.Cancelled(TokenCounts.UNKNOWN), OptionalLong.empty(), clock.getAsLong());
      handOut();
    }
  }

  private Deque<Wish> queue(TaskKind kind) {
    return switch (kind) {
      case ANSWER -> answers;
      case INFERENCE -> inferences;
    };
  }

  /** Under the lock. */
  private void handOut() {
    long now = clock.getAsLong();
    while (true) {
      Deque<Wish> first = answers.isEmpty() ? inferences : answers;
      Wish wish = first.peekFirst();
      if (wish == null) return;
      Optional<Replica> free = replicas.free(wish.session, now);
      if (free.isEmpty()) return;
      first.removeFirst();
      free.get().takePlace();
      running.addLast(wish);
      wish.place.complete(new Place(free.get(), wish));
    }
  }

  /** Under the lock: how room is made for an answer; nothing to do for an inference. */
  private Runnable preemption(TaskKind kind) {
    if (kind != TaskKind.ANSWER) return () -> {};
    List<Wish> candidates =
        running.reversed().stream()
            .filter(wish -> wish.kind == TaskKind.INFERENCE && !wish.makesRoom)
            .toList();
    Optional<Wish> chosen =
        candidates.stream()
            .filter(wish -> wish.holder.isLeaving())
            .findFirst()
            .or(() -> candidates.stream().findFirst());
    if (chosen.isEmpty()) return () -> {};
    chosen.get().makesRoom = true;
    return chosen.get().holder::makeRoom;
  }

  /** Calls that run on all replicas now. */
  public int used() {
    synchronized (lock) {
      return replicas.used();
    }
  }

  /** Calls that wait for a place now. */
  public int waiting() {
    synchronized (lock) {
      return answers.size() + inferences.size();
    }
  }

  /** Places of all replicas as they are now, shrunk or not. */
  public int places() {
    synchronized (lock) {
      return replicas.places();
    }
  }

  @Override
  public void close() {
    replicas.close();
  }
}
