package io.livemind.workers.replica;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All models of a worker. A replica that serves several of them has one set of places: they go to
 * answers before inferences, and within a kind to who waits longest, whatever the model.
 *
 * <p>Threading: any thread; one lock for all pools, never held while a call is made.
 */
public final class ModelPools implements AutoCloseable {
  /** Who wants a place, and may have to give it up for an answer. */
  public interface Holder {
    /** Whether somebody waits for what comes of it; once true, it stays true. */
    boolean isWaitedFor();

    /** Whether the holder is about to give its place back anyway. */
    boolean isLeaving();

    /** Its place is wanted: ends the call; returns at once. */
    void makeRoom();
  }

  final Object lock = new Object();
  final LongSupplier clock;
  private final Map<String, Replica> replicas = new LinkedHashMap<>();
  private final Map<String, ModelPool> pools = new LinkedHashMap<>();
  private final SequencedSet<Wish> running = new LinkedHashSet<>();
  private long wishes;

  /**
   * A pool for each model; each replica has one client.
   *
   * @param clock {@code nanoTime}
   */
  public ModelPools(
      Map<String, ModelConfig> models,
      Function<ReplicaConfig, ModelClient> clients,
      LongSupplier clock) {
    this.clock = clock;
    models.forEach(
        (name, model) -> {
          List<Replica> own = new ArrayList<>();
          for (ReplicaConfig config : model.replicas()) {
            own.add(
                replicas.computeIfAbsent(
                    config.id(),
                    _ -> new Replica(config, clients.apply(config), clock.getAsLong())));
          }
          pools.put(name, new ModelPool(this, new Replicas(own)));
        });
  }

  /** Where tasks of this kind and model are served; empty: nowhere. */
  public Optional<ModelPool> serving(String model, TaskKind kind) {
    ModelPool named = pools.get(model);
    return named != null ? Optional.of(named) : Optional.ofNullable(pools.get(role(kind)));
  }

  private static String role(TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> ModelConfig.INFERENCE;
      case ANSWER -> ModelConfig.OUTPUT;
    };
  }

  /** Under the lock. */
  long nextNumber() {
    return wishes++;
  }

  /** Under the lock: gives free places to who waits. */
  void handOut() {
    long now = clock.getAsLong();
    handOut(true, now);
    handOut(false, now);
  }

  private void handOut(boolean waitedFor, long now) {
    for (Wish next = next(waitedFor, now); next != null; next = next(waitedFor, now)) {
      Replica replica = next.replicas.free(next.want, now).orElseThrow();
      next.replica = replica;
      next.round = replica.takePlace(next.want, now);
      running.addLast(next);
      next.place.complete(new Place(this, replica, next));
    }
  }

  /**
   * Somebody waits for what this holder does, from now on: it wants its place as an answer does.
   */
  public void promote(Holder holder) {
    Optional<Holder> leaves = Optional.empty();
    synchronized (lock) {
      for (ModelPool pool : pools.values()) {
        Optional<Wish> wish = pool.promote(holder);
        if (wish.isPresent()) leaves = callToEnd(wish.get().replicas);
      }
    }
    leaves.ifPresent(Holder::makeRoom);
  }

  /** Takes the one out of its queue that waits longest of those for whom there is a place. */
  private @Nullable Wish next(boolean waitedFor, long now) {
    ModelPool of = null;
    Wish longest = null;
    for (ModelPool pool : pools.values()) {
      Wish first = pool.firstToServe(waitedFor, now);
      if (first != null && (longest == null || first.number < longest.number)) {
        of = pool;
        longest = first;
      }
    }
    if (of != null && longest != null) of.queue(waitedFor).remove(longest);
    return longest;
  }

  /** Under the lock: the call of this wish has ended. */
  void ended(Wish wish) {
    running.remove(wish);
    handOut();
  }

  /** Under the lock: a place that came too late for its wish goes to the next one. */
  void takeBack(Wish wish) {
    Replica replica = wish.replica;
    if (replica == null) return;
    replica.ended(
        wish.want,
        wish.round,
        new Cancelled(TokenCounts.UNKNOWN),
        OptionalLong.empty(),
        clock.getAsLong());
    ended(wish);
  }

  /**
   * Under the lock: the inference or draft at these replicas that gives its place to an answer: one
   * that leaves anyway, else the youngest. It counts as asked from here on.
   */
  Optional<Holder> callToEnd(Replicas wanted) {
    List<Wish> candidates =
        running.reversed().stream()
            .filter(wish -> wish.canYieldAt(wanted) && !wish.makesRoom)
            .toList();
    Optional<Wish> chosen =
        candidates.stream()
            .filter(wish -> wish.holder.isLeaving())
            .findFirst()
            .or(() -> candidates.stream().findFirst());
    chosen.ifPresent(wish -> wish.makesRoom = true);
    return chosen.map(wish -> wish.holder);
  }

  /** What a replica is doing, for metrics. */
  public record ReplicaLoad(int used, int places, Breaker.State breaker) {}

  /** Replicas by id, each once. */
  public Collection<String> replicaIds() {
    return List.copyOf(replicas.keySet());
  }

  /** What this replica is doing now. */
  public ReplicaLoad load(String replicaId) {
    synchronized (lock) {
      Replica replica = replicas.get(replicaId);
      if (replica == null) throw new IllegalArgumentException("no replica is named " + replicaId);
      return new ReplicaLoad(replica.used(), replica.places(), replica.breakerState());
    }
  }

  /** Calls that wait for a place now, at any model. */
  public int waiting() {
    synchronized (lock) {
      return pools.values().stream().mapToInt(ModelPool::queued).sum();
    }
  }

  @Override
  public void close() {
    replicas.values().forEach(replica -> replica.client().close());
  }
}
