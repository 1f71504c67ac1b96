package io.livemind.gateway;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the open streams of each network address.
 *
 * <p>Threading: any thread.
 */
final class Connections {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Map<String, Integer> open = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private final int most;

  Connections(int most) {
    this.most = most;
  }

  /** Throws a {@link Problem} if there is no room for one more. */
  void check(String address) {
    lock.lock();
    try {
      if (open.getOrDefault(address, 0) >= most)
        throw Problem.tooMany("connections-per-address", most, RETRY);
    } finally {
      lock.unlock();
    }
  }

  /** Counts one more; throws a {@link Problem} if there are too many. */
  void enter(String address) {
    lock.lock();
    try {
      check(address);
      count(address);
    } finally {
      lock.unlock();
    }
  }

  /** Counts one more, whatever was checked before. */
  void count(String address) {
    lock.lock();
    try {
      open.merge(address, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  /** Counts one less. */
  void leave(String address) {
    lock.lock();
    try {
      open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
      if (open.isEmpty()) none.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none is open; returns false if some still are after this time. */
  boolean awaitNone(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (!open.isEmpty() && nanos > 0) nanos = none.awaitNanos(nanos);
      return open.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
