package io.livemind.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The places of an engine: so many calls run, so many wait, one more is turned away.
 *
 * <p>Threading: any thread. {@link #enter} blocks until there is a place; the wait is bounded in
 * length by the queue, and ends when its client leaves. Who started calls {@link #leave} once.
 */
final class Sequences {
  private final int places;
  private final int queueLimit;
  private final boolean byPriority;
  private final PriorityQueue<Waiter> queue;
  private int running;
  private long arrivals;

  Sequences(int places, int queueLimit, boolean byPriority) {
    this.places = places;
    this.queueLimit = queueLimit;
    this.byPriority = byPriority;
    this.queue =
        new PriorityQueue<>(
            Comparator.comparingInt(Waiter::priority).thenComparingLong(Waiter::arrival));
  }

  /** How an attempt to enter ended. */
  enum Entry {
    STARTED_AT_ONCE,
    STARTED_AFTER_WAIT,
    QUEUE_FULL,
    CLIENT_GONE
  }

  /**
   * Waits for a place.
   *
   * @param priority lower is earlier, if the engine looks at it
   * @param link whose client waits; must unpark this thread when the client leaves
   */
  Entry enter(int priority, ClientLink link) {
    Waiter waiter;
    synchronized (this) {
      if (running < places) {
        running++;
        return Entry.STARTED_AT_ONCE;
      }
      if (queue.size() >= queueLimit) return Entry.QUEUE_FULL;
      waiter = new Waiter(byPriority ? priority : 0, arrivals++, Thread.currentThread());
      queue.add(waiter);
    }
    while (!waiter.admitted) {
      if (link.gone() && abandon(waiter)) return Entry.CLIENT_GONE;
      if (!waiter.admitted) LockSupport.park(this);
    }
    return Entry.STARTED_AFTER_WAIT;
  }

  /** Gives a place back, to the first who waits. */
  void leave() {
    Waiter next;
    synchronized (this) {
      next = queue.poll();
      if (next == null) {
        running--;
        return;
      }
      next.admitted = true;
    }
    LockSupport.unpark(next.thread);
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return queue.size();
  }

  /** False if the waiter got its place in the meantime. */
  private synchronized boolean abandon(Waiter waiter) {
    return queue.remove(waiter);
  }

  private static final class Waiter {
    private final int priority;
    private final long arrival;
    private final Thread thread;
    private volatile boolean admitted;

    Waiter(int priority, long arrival, Thread thread) {
      this.priority = priority;
      this.arrival = arrival;
      this.thread = thread;
    }

    int priority() {
      return priority;
    }

    long arrival() {
      return arrival;
    }
  }
}
