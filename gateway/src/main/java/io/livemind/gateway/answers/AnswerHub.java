package io.livemind.gateway.answers;

import io.livemind.gateway.handle.Handle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Gives each live record to the subscriptions of its session, and knows how far the log was read.
 *
 * <p>Threading: one thread publishes, any thread subscribes. Both happen under one lock, so that a
 * subscription gets exactly the records from its {@link Subscription#liveFrom()} on. Nothing is
 * written to a socket here.
 */
public final class AnswerHub {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Subscription>> subscriptions = new HashMap<>();
  private final long[] next;
  private final int bound;

  /**
   * @param positions by partition, the offset of the first live record
   * @param bound records that may wait for one client
   */
  public AnswerHub(List<Long> positions, int bound) {
    this.next = positions.stream().mapToLong(Long::longValue).toArray();
    this.bound = bound;
  }

  /** Partitions of {@code answers}. */
  public int partitions() {
    return next.length;
  }

  /** The live events of a session from this moment on; to be given back with {@link #leave}. */
  public Subscription subscribe(Handle handle, Runnable onSlow) {
    lock.lock();
    try {
      var subscription =
          new Subscription(handle.session(), next[handle.answersPartition()], bound, onSlow);
      subscriptions.merge(handle.session(), List.of(subscription), AnswerHub::joined);
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a subscription. */
  public void leave(Subscription subscription) {
    subscription.end(Subscription.End.LEFT);
    lock.lock();
    try {
      subscriptions.computeIfPresent(
          subscription.session(),
          (_, present) -> {
            List<Subscription> rest =
                present.stream().filter(other -> other != subscription).toList();
            return rest.isEmpty() ? null : rest;
          });
    } finally {
      lock.unlock();
    }
  }

  void publish(List<AnswerRecord> records) {
    lock.lock();
    try {
      for (AnswerRecord answer : records) {
        next[answer.partition()] = answer.offset() + 1;
        for (var subscription : subscriptions.getOrDefault(answer.session(), List.of()))
          subscription.offer(answer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscriptions of a session. */
  public void end(String session, Subscription.End reason) {
    lock.lock();
    try {
      subscriptions.getOrDefault(session, List.of()).forEach(each -> each.end(reason));
    } finally {
      lock.unlock();
    }
  }

  /** Ends all subscriptions. */
  public void endAll(Subscription.End reason) {
    lock.lock();
    try {
      subscriptions.values().forEach(list -> list.forEach(each -> each.end(reason)));
    } finally {
      lock.unlock();
    }
  }

  /** Connections that wait for events. */
  public int size() {
    lock.lock();
    try {
      return subscriptions.values().stream().mapToInt(List::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private static List<Subscription> joined(List<Subscription> some, List<Subscription> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
