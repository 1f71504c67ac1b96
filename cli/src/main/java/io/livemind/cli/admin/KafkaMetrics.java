package io.livemind.cli.admin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Shows what Kafka's own clients and Streams measure, as {@code kafka_…} gauges: those that tell an
 * operator something, of each client. Kafka makes an object of this class for each client.
 *
 * <p>Threading: Kafka calls it from the threads of its clients.
 */
public final class KafkaMetrics implements MetricsReporter {
  private static final String REGISTRY = "livemind.meter.registry";

  /** By group, the names that are shown. */
  private static final Map<String, List<String>> SHOWN =
      Map.of(
          "consumer-fetch-manager-metrics",
              List.of("records-lag-max", "records-consumed-rate", "fetch-latency-avg"),
          "consumer-coordinator-metrics", List.of("rebalance-total", "failed-rebalance-total"),
          "producer-metrics",
              List.of(
                  "record-error-rate",
                  "record-send-rate",
                  "request-latency-avg",
                  "record-retry-rate"),
          "stream-metrics", List.of("failed-stream-threads"),
          "stream-thread-metrics",
              List.of(
                  "process-latency-avg",
                  "commit-latency-avg",
                  "task-closed-total",
                  "blocked-time-ns-total"),
          "stream-state-updater-metrics",
              List.of("restore-ratio", "active-restoring-tasks", "standby-updating-tasks"));

  private final Map<MetricName, Gauge> gauges = new ConcurrentHashMap<>();
  private @Nullable MeterRegistry registry;

  /** Settings of a client that shows its metrics in a registry. */
  public static Map<String, Object> shownIn(MeterRegistry registry, Map<String, Object> kafka) {
    var settings = new HashMap<>(kafka);
    settings.put("metric.reporters", List.of(KafkaMetrics.class.getName()));
    settings.put(REGISTRY, registry);
    return settings;
  }

  @Override
  public void configure(Map<String, ?> settings) {
    if (settings.get(REGISTRY) instanceof MeterRegistry given) registry = given;
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    MetricName name = metric.metricName();
    MeterRegistry shown = registry;
    if (shown == null || !SHOWN.getOrDefault(name.group(), List.of()).contains(name.name())) return;
    Tags tags = Tags.empty();
    for (String key : List.of("client-id", "thread-id"))
      tags = tags.and(key.replace('-', '.'), Optional.ofNullable(name.tags().get(key)).orElse(""));
    // Of each topic and partition too; the whole client's is enough.
    if (name.tags().containsKey("topic") || name.tags().containsKey("partition")) return;
    Gauge gauge =
        Gauge.builder(meterName(name), metric, KafkaMetrics::value)
            .description(name.description())
            .tags(tags)
            .register(shown);
    gauges.put(name, gauge);
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    Gauge gauge = gauges.remove(metric.metricName());
    if (gauge != null && registry != null) registry.remove(gauge);
  }

  @Override
  public void close() {
    if (registry != null) gauges.values().forEach(registry::remove);
  }

  private static String meterName(MetricName name) {
    String group = name.group().replace("-metrics", "").replace('-', '.');
    return "kafka." + group + "." + name.name().replace('-', '.');
  }

  private static double value(KafkaMetric metric) {
    return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
