package io.livemind.simulator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The {@link SimulatorMetric}s of a simulator in a registry. A call counts when it is over.
 *
 * <p>Threading: any thread.
 */
final class SimulatorMeters {
  /** A request may name any model; a tag may not. */
  private static final String UNKNOWN = "unknown";

  private final MeterRegistry registry;
  private final Set<String> models;

  SimulatorMeters(MeterRegistry registry, Map<String, Engine> engines) {
    this.registry = registry;
    this.models = engines.keySet();
    engines.forEach(this::gauges);
  }

  private void gauges(String model, Engine engine) {
    gauge(SimulatorMetric.RUNNING, model, () -> engine.load().running());
    gauge(SimulatorMetric.WAITING, model, () -> engine.load().waiting());
  }

  void ended(ServedCall call) {
    String model = models.contains(call.model()) ? call.model() : UNKNOWN;
    String end = call.whole() ? "whole" : call.cancelled() ? "cancelled" : "broken";
    count(SimulatorMetric.CALLS, 1, model, end);
    call.fault().ifPresent(fault -> count(SimulatorMetric.FAULTS, 1, fault.code()));
    count(SimulatorMetric.TOKENS, call.promptTokens(), model, "prompt");
    count(SimulatorMetric.TOKENS, call.cachedTokens(), model, "cached");
    count(SimulatorMetric.TOKENS, call.completionTokens(), model, "completion");
    time(SimulatorMetric.QUEUE, model, call, call.admittedNanos());
    time(SimulatorMetric.FIRST_TOKEN, model, call, call.firstTokenNanos());
    time(SimulatorMetric.DURATION, model, call, OptionalLong.of(call.endedNanos()));
  }

  private void gauge(SimulatorMetric metric, String model, Supplier<Number> value) {
    Gauge.builder(metric.metricName(), value)
        .description(metric.sentence())
        .baseUnit(metric.unit())
        .tags(tags(metric, model))
        .register(registry);
  }

  private void count(SimulatorMetric metric, int amount, String... values) {
    Counter.builder(metric.metricName())
        .description(metric.sentence())
        .baseUnit(metric.unit())
        .tags(tags(metric, values))
        .register(registry)
        .increment(amount);
  }

  private void time(
      SimulatorMetric metric, String model, ServedCall call, OptionalLong untilNanos) {
    if (untilNanos.isEmpty()) return;
    Timer.builder(metric.metricName())
        .description(metric.sentence())
        .tags(tags(metric, model))
        .register(registry)
        .record(Duration.ofNanos(untilNanos.getAsLong() - call.arrivedNanos()));
  }

  private static List<Tag> tags(SimulatorMetric metric, String... values) {
    var tags = new ArrayList<Tag>();
    for (int i = 0; i < values.length; i++) tags.add(Tag.of(metric.tags().get(i), values[i]));
    return tags;
  }
}
