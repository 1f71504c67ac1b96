package io.livemind.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The free places of a worker for one kind of task, shared by the pollers of its topic. Each
 * reserves as many as its next poll may return, and gives back what that did not fill.
 *
 * <p>Threading: any thread. Who waits is woken only when there is what it waits for: a worker of a
 * thousand places frees thousands a second.
 */
final class FreePlaces {
  private final List<PollerPlan> waiting = new ArrayList<>();
  private int free;

  FreePlaces(int places) {
    this.free = places;
  }

  /** Reserves the places of a poll; returns whether they were free. */
  synchronized boolean tryReserve(PollerPlan plan) {
    if (!plan.suits(free)) return false;
    free -= plan.batch();
    // Fewer are free now: that may be what another one waits for.
    wake();
    return true;
  }

  /** The same, and waits for them so long. */
  synchronized boolean reserve(PollerPlan plan, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    waiting.add(plan);
    try {
      for (long left = within.toMillis(); !plan.suits(free) && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } finally {
      waiting.remove(plan);
    }
    return tryReserve(plan);
  }

  /** So many are free again. */
  synchronized void release(int places) {
    free += places;
    wake();
  }

  private void wake() {
    for (PollerPlan plan : waiting) {
      if (plan.suits(free)) {
        notifyAll();
        return;
      }
    }
  }
}
