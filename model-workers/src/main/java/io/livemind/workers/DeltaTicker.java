package io.livemind.workers;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tick for the deltas of all calls of the process, so that what leaves on a tick is one batch a
 * partition. Answers older than {@link AnswerStream#LIVELY} take part in every fourth tick.
 *
 * <p>Threading: one platform thread; streams come and go from any thread. A full producer buffer
 * delays the tick for all.
 */
final class DeltaTicker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTicker.class);
  private static final int SLOW = 4;

  private final Set<AnswerStream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private long ticks;

  private DeltaTicker() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("delta-ticker").unstarted(task));
  }

  /** Ticks until it is closed. */
  static DeltaTicker start(Duration interval) {
    var ticker = new DeltaTicker();
    long nanos = interval.toNanos();
    var unused = ticker.timer.scheduleAtFixedRate(ticker::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    return ticker;
  }

  void add(AnswerStream stream) {
    streams.add(stream);
  }

  void remove(AnswerStream stream) {
    streams.remove(stream);
  }

  private void tick() {
    boolean slow = ++ticks % SLOW == 0;
    for (AnswerStream stream : streams) {
      try {
        stream.tick(slow);
      } catch (RuntimeException broken) {
        LOG.error("event=tick_failed", broken);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
