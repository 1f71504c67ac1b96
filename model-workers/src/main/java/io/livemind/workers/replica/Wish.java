package io.livemind.workers.replica;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants a place, or has one.
 *
 * <p>Threading: under the lock of its {@link ModelPools}; {@code place} is waited for without it.
 */
final class Wish {
  final Want want;
  final ModelPools.Holder holder;

  /** Those of the model that the call fits. */
  final Replicas replicas;

  /** Later ones have higher numbers, whatever the model. */
  final long number;

  final CompletableFuture<ModelPool.Place> place = new CompletableFuture<>();

  /** Where it has a place. */
  @Nullable Replica replica;

  /** In which round of that replica's breaker its call began. */
  long round;

  /** It was asked to give its place up. */
  boolean makesRoom;

  Wish(Want want, ModelPools.Holder holder, Replicas replicas, long number) {
    this.want = want;
    this.holder = holder;
    this.replicas = replicas;
    this.number = number;
  }

  /** Whether it holds a place at one of these that nobody waits for. */
  boolean canYieldAt(Replicas any) {
    return !holder.isWaitedFor() && replica != null && any.all().contains(replica);
  }
}
