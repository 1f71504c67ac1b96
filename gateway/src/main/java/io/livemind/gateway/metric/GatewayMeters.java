package io.livemind.gateway.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Counts for {@link GatewayMetric}.
 *
 * <p>Threading: any thread.
 */
public final class GatewayMeters {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final MeterRegistry registry;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(GatewayMetric metric, List<String> values) {}

  public GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** From zero on: an alert on its increase would not see the first one. */
  public void show(GatewayMetric metric, String... values) {
    counters.computeIfAbsent(new Key(metric, List.of(values)), this::counter);
  }

  /** One more; the values of its tags in the order of {@link GatewayMetric#tags}. */
  public void count(GatewayMetric metric, String... values) {
    counters.computeIfAbsent(new Key(metric, List.of(values)), this::counter).increment();
  }

  /** One more, that took so long. */
  public void time(GatewayMetric metric, long nanos, String... values) {
    timers
        .computeIfAbsent(new Key(metric, List.of(values)), this::timer)
        .record(Duration.ofNanos(nanos));
  }

  /** What is at the moment. */
  public void gauge(GatewayMetric metric, IntSupplier value) {
    Gauge.builder(metric.metricName(), value, IntSupplier::getAsInt)
        .description(metric.sentence())
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(Key key) {
    return Counter.builder(key.metric().metricName())
        .description(key.metric().sentence())
        .tags(tags(key))
        .register(registry);
  }

  private Timer timer(Key key) {
    return Timer.builder(key.metric().metricName())
        .description(key.metric().sentence())
        .tags(tags(key))
        .publishPercentileHistogram()
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }

  private static Tags tags(Key key) {
    List<String> names = key.metric().tags();
    if (names.size() != key.values().size())
      throw new IllegalArgumentException(key.metric() + " has the tags " + names);
    Tags tags = Tags.empty();
    for (int i = 0; i < names.size(); i++)
      tags = tags.and(Tag.of(names.get(i), key.values().get(i)));
    return tags;
  }
}
