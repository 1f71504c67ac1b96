package io.livemind.workers;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the session machine what this worker holds: one record for each results partition in which
 * it holds tasks, at each interval. A worker that holds nothing is silent.
 *
 * <p>Threading: one platform thread. A full producer buffer delays a heartbeat; three missed ones
 * cost the tasks.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final HeldTasks held;
  private final RecordWriter writer;
  private final ScheduledThreadPoolExecutor timer;

  private Heartbeats(HeldTasks held, RecordWriter writer) {
    this.held = held;
    this.writer = writer;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("worker-heartbeats").unstarted(task));
  }

  /** Beats until it is closed. */
  static Heartbeats start(HeldTasks held, RecordWriter writer, Duration interval) {
    var heartbeats = new Heartbeats(held, writer);
    long nanos = interval.toNanos();
    var unused =
        heartbeats.timer.scheduleAtFixedRate(heartbeats::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    return heartbeats;
  }

  private void beat() {
    try {
      held.byResultsPartition()
          .forEach(
              (partition, tasks) -> {
                var unused =
                    writer
                        .heartbeat(partition, tasks)
                        .whenComplete(
                            (_, failure) -> {
                              if (failure != null) LOG.warn("event=heartbeat_lost", failure);
                            });
              });
    } catch (RuntimeException broken) {
      // A timer that sees an exception never runs again.
      LOG.error("event=heartbeat_failed", broken);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
