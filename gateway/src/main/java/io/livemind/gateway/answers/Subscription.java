package io.livemind.gateway.answers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The live events of one session for one connection, in a bounded queue.
 *
 * <p>Threading: the reader of the log offers, the connection's writer takes, anybody ends it.
 *
 * <p>Waiting: a reader that leaves more than its bound in the queue is slow. Its queue is emptied
 * and it is ended with {@link End#SLOW}: it can resume from the last event that it got.
 */
public final class Subscription {

  /** Why no more events come. */
  public enum End {
    /** The client read too slowly. */
    SLOW("slow"),
    /** The session was deleted. */
    DELETED("deleted"),
    /** The gateway stops; another one goes on. */
    GOING_AWAY("going_away"),
    /** The client's token or cookie is good no longer: with a new one it can resume. */
    EXPIRED("expired"),
    /** The client is gone. */
    LEFT("left");

    private final String code;

    End(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /**
   * What there is to write.
   *
   * @param records in order; none if the time passed without any
   * @param ended whether nothing follows
   * @param offeredNanos when the first of them was offered
   */
  public record Batch(List<AnswerRecord> records, boolean ended, long offeredNanos) {}

  private static final int BATCH = 256;

  private final String session;
  private final int partition;
  private final long liveFrom;
  private final int bound;
  private final Runnable onSlow;
  private final boolean stays;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<AnswerRecord> queue = new ArrayDeque<>();
  private End end = End.LEFT;
  private boolean ended;
  private boolean woken;
  private long offeredNanos;

  /**
   * @param liveFrom offset of the first record that is offered
   * @param bound records that may wait
   * @param onSlow called once, by the reader of the log, when the bound is passed; must not block
   * @param stays whether its client cannot go on at another gateway
   */
  Subscription(
      String session, int partition, long liveFrom, int bound, Runnable onSlow, boolean stays) {
    this.session = session;
    this.partition = partition;
    this.liveFrom = liveFrom;
    this.bound = bound;
    this.onSlow = onSlow;
    this.stays = stays;
  }

  String session() {
    return session;
  }

  int partition() {
    return partition;
  }

  boolean stays() {
    return stays;
  }

  /** Live records have this offset or a larger one; what lies before must be caught up with. */
  public long liveFrom() {
    return liveFrom;
  }

  /** Whether no more events come than those that are queued. */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Why it ended; {@link End#LEFT} before it has. */
  public End end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  void offer(AnswerRecord event) {
    boolean slow = false;
    lock.lock();
    try {
      if (ended) return;
      if (queue.size() >= bound) {
        queue.clear();
        finish(End.SLOW);
        slow = true;
      } else {
        if (queue.isEmpty()) offeredNanos = System.nanoTime();
        queue.add(event);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
    if (slow) onSlow.run();
  }

  /** Ends it; what is queued is still taken, unless the client is gone. */
  public void end(End reason) {
    lock.lock();
    try {
      if (!ended) finish(reason);
    } finally {
      lock.unlock();
    }
  }

  private void finish(End reason) {
    ended = true;
    end = reason;
    changed.signalAll();
  }

  /** The next records; waits for the first one, at most this long. */
  public Batch take(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (queue.isEmpty() && !ended && nanos > 0) nanos = changed.awaitNanos(nanos);
      return batch();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next records; waits for the first one until {@link #wake}. No timer is set for the wait:
   * one for each event of each client is what a busy gateway would spend its time on.
   */
  public Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !ended && !woken) changed.await();
      woken = false;
      return batch();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a wait in {@link #take()}, now or the next one, if only with no record. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Batch batch() {
    List<AnswerRecord> records = new ArrayList<>(Math.min(queue.size(), BATCH));
    while (!queue.isEmpty() && records.size() < BATCH) records.add(queue.poll());
    return new Batch(records, ended && queue.isEmpty(), offeredNanos);
  }
}
