package io.livemind.cli.admin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many tasks wait for a worker: the lag of the share groups, which no consumer knows, asked of
 * the brokers every five seconds.
 *
 * <p>Threading: one thread of its own; the gauges are read by any.
 */
public final class TaskLag implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLag.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Admin admin;
  private final Map<String, String> kindByGroup;
  private final LongSupplier nanoTime;
  private final Map<String, Lag> lags = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("task-lag").daemon().factory());

  private record Lag(long records, long nanos) {}

  private TaskLag(Admin admin, Map<String, String> kindByGroup, LongSupplier nanoTime) {
    this.admin = admin;
    this.kindByGroup = Map.copyOf(kindByGroup);
    this.nanoTime = nanoTime;
  }

  /**
   * Starts to ask.
   *
   * @param admin is closed with this
   * @param kindByGroup the share groups, and the kind of task that each takes
   */
  public static TaskLag start(
      Admin admin, Map<String, String> kindByGroup, MeterRegistry registry) {
    var lag = new TaskLag(admin, kindByGroup, System::nanoTime);
    kindByGroup.values().forEach(kind -> lag.register(kind, registry));
    ScheduledFuture<?> ignored =
        lag.thread.scheduleWithFixedDelay(lag::ask, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return lag;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }

  private void register(String kind, MeterRegistry registry) {
    Gauge.builder(OperationsMetric.TASKS_WAITING.metricName(), this, lag -> lag.records(kind))
        .description(OperationsMetric.TASKS_WAITING.sentence())
        .tag("kind", kind)
        .register(registry);
    Gauge.builder(OperationsMetric.TASKS_LAG_AGE.metricName(), this, lag -> lag.age(kind))
        .description(OperationsMetric.TASKS_LAG_AGE.sentence())
        .baseUnit(OperationsMetric.TASKS_LAG_AGE.unit())
        .tag("kind", kind)
        .register(registry);
  }

  private double records(String kind) {
    Lag lag = lags.get(kind);
    return lag == null ? Double.NaN : lag.records();
  }

  private double age(String kind) {
    Lag lag = lags.get(kind);
    if (lag == null) return Double.NaN;
    return Duration.ofNanos(nanoTime.getAsLong() - lag.nanos()).toMillis() / 1000.0;
  }

  private void ask() {
    try {
      var specs =
          kindByGroup.keySet().stream()
              .collect(Collectors.toMap(group -> group, _ -> new ListShareGroupOffsetsSpec()));
      var answer =
          admin.listShareGroupOffsets(specs).all().get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      long now = nanoTime.getAsLong();
      answer.forEach(
          (group, partitions) -> {
            long waiting = partitions.values().stream().mapToLong(TaskLag::records).sum();
            lags.put(kindByGroup.get(group), new Lag(waiting, now));
          });
    } catch (ExecutionException | TimeoutException refused) {
      LOG.debug("event=task_lag_unknown", refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static long records(SharePartitionOffsetInfo partition) {
    return partition == null ? 0 : partition.lag().orElse(0L);
  }
}
