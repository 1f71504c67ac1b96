package io.livemind.gateway;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Counts the open streams of each network address, and the WebSockets that are about to open: many
 * may come at once.
 *
 * <p>Threading: any thread.
 */
final class Connections {
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** An upgrade takes milliseconds; the place of one that broke off comes back after this. */
  static final Duration LONGEST_UPGRADE = Duration.ofSeconds(10);

  private final Map<String, Integer> taken = new HashMap<>();
  private final SequencedSet<Promised> promised = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private final int most;
  private final LongSupplier nanoClock;
  private int open;

  /** The place of a WebSocket until it has opened; identity counts. */
  static final class Promised {
    private final String address;
    private final long sinceNanos;

    private Promised(String address, long sinceNanos) {
      this.address = address;
      this.sinceNanos = sinceNanos;
    }

    String address() {
      return address;
    }
  }

  Connections(int most, LongSupplier nanoClock) {
    this.most = most;
    this.nanoClock = nanoClock;
  }

  /** Counts a stream that is open; throws a {@link Problem} if there are too many. */
  void enter(String address) {
    lock.lock();
    try {
      take(address);
      open++;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a WebSocket that will open; throws a {@link Problem} if there are too many. */
  Promised promise(String address) {
    lock.lock();
    try {
      take(address);
      var place = new Promised(address, nanoClock.getAsLong());
      promised.add(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** It has opened; one that took so long that its place is gone counts all the same. */
  void enter(Promised place) {
    lock.lock();
    try {
      if (!promised.remove(place)) count(place.address);
      open++;
    } finally {
      lock.unlock();
    }
  }

  /** It will not open. */
  void giveUp(Promised place) {
    lock.lock();
    try {
      if (promised.remove(place)) giveBack(place.address);
    } finally {
      lock.unlock();
    }
  }

  /** Counts one less. */
  void leave(String address) {
    lock.lock();
    try {
      giveBack(address);
      open--;
      if (open == 0) none.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(String address) {
    endFailedUpgrades();
    if (taken.getOrDefault(address, 0) >= most)
      throw Problem.tooMany("connections-per-address", most, RETRY);
    count(address);
  }

  private void endFailedUpgrades() {
    long now = nanoClock.getAsLong();
    Iterator<Promised> oldest = promised.iterator();
    while (oldest.hasNext()) {
      Promised place = oldest.next();
      if (now - place.sinceNanos < LONGEST_UPGRADE.toNanos()) return;
      oldest.remove();
      giveBack(place.address);
    }
  }

  private void count(String address) {
    taken.merge(address, 1, Integer::sum);
  }

  private void giveBack(String address) {
    taken.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Waits until none is open; returns false if some still are after this time. */
  boolean awaitNone(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (open > 0 && nanos > 0) nanos = none.awaitNanos(nanos);
      return open == 0;
    } finally {
      lock.unlock();
    }
  }
}
