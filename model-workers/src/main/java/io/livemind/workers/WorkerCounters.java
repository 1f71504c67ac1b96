package io.livemind.workers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of one worker.
 *
 * <p>Threading: any thread.
 */
final class WorkerCounters {
  private final Map<WorkerCounter, LongAdder> counts = new EnumMap<>(WorkerCounter.class);

  WorkerCounters() {
    for (WorkerCounter counter : WorkerCounter.values()) counts.put(counter, new LongAdder());
  }

  void add(WorkerCounter counter) {
    LongAdder count = counts.get(counter);
    if (count != null) count.increment(); // Always there: the constructor put one for each.
  }

  Map<WorkerCounter, Long> snapshot() {
    Map<WorkerCounter, Long> now = new EnumMap<>(WorkerCounter.class);
    counts.forEach((counter, count) -> now.put(counter, count.sum()));
    return now;
  }
}
