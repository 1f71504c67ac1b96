package io.livemind.workers;

import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.replica.Breaker;
import io.livemind.workers.replica.ModelPools;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What can be seen of one worker: its {@link WorkerMetric}s in a registry, its part of traces.
 * Meters are made when they are first needed and found again by their tags.
 *
 * <p>Threading: any thread.
 */
final class WorkerMeters {
  /** From a hop inside the process to a call that takes its whole limit. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private record Key(WorkerMetric metric, List<String> tagValues) {}

  private final MeterRegistry registry;
  private final TurnTraces traces;
  private final Map<Key, Meter> meters = new ConcurrentHashMap<>();

  WorkerMeters(MeterRegistry registry) {
    this(registry, TurnTraces.NONE);
  }

  WorkerMeters(MeterRegistry registry, TurnTraces traces) {
    this.registry = registry;
    this.traces = traces;
    // From zero on: an alert on their increase would not see the first one.
    add(WorkerMetric.DEAD_LETTERS, 0);
    add(WorkerMetric.OUTCOMES_LOST, 0);
    for (TaskKind kind : TaskKind.values())
      for (String end : EndedExecution.WASTEFUL_ENDS)
        add(WorkerMetric.TOKENS_WASTED, 0, tag(kind), end);
  }

  /** Where the worker's part of a turn's trace goes. */
  TurnTraces traces() {
    return traces;
  }

  void count(WorkerMetric metric, String... tagValues) {
    add(metric, 1, tagValues);
  }

  void add(WorkerMetric metric, double amount, String... tagValues) {
    meter(metric, Counter.class, this::counter, tagValues).increment(amount);
  }

  void time(WorkerMetric metric, long nanos, String... tagValues) {
    meter(metric, Timer.class, this::timer, tagValues)
        .record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  void amount(WorkerMetric metric, double amount, String... tagValues) {
    meter(metric, DistributionSummary.class, this::summary, tagValues).record(amount);
  }

  /** The worker's own places. */
  void watch(HeldTasks held, int places) {
    gauge(WorkerMetric.PLACES, held, _ -> places);
    gauge(WorkerMetric.PLACES_USED, held, HeldTasks::size);
  }

  /** The replicas. */
  void watch(ModelPools pools) {
    gauge(WorkerMetric.REPLICA_WAITING, pools, ModelPools::waiting);
    for (String id : pools.replicaIds()) {
      gauge(WorkerMetric.REPLICA_PLACES, pools, all -> all.load(id).places(), id);
      gauge(WorkerMetric.REPLICA_PLACES_USED, pools, all -> all.load(id).used(), id);
      gauge(WorkerMetric.BREAKER, pools, all -> number(all.load(id).breaker()), id);
    }
  }

  /** Takes the meters of this worker out of the registry. */
  void close() {
    meters.values().forEach(registry::remove);
    meters.clear();
  }

  /** A kind of task as a tag's value. */
  static String tag(TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> "inference";
      case ANSWER -> "answer";
    };
  }

  private static double number(Breaker.State state) {
    return switch (state) {
      case Breaker.State.Closed _ -> 0;
      case Breaker.State.Probing _ -> 1;
      case Breaker.State.Open _ -> 2;
    };
  }

  private <T extends Meter> T meter(
      WorkerMetric metric, Class<T> type, Function<Key, Meter> made, String... tagValues) {
    return type.cast(meters.computeIfAbsent(new Key(metric, List.of(tagValues)), made));
  }

  private Counter counter(Key key) {
    WorkerMetric metric = key.metric();
    return Counter.builder(metric.metricName())
        .description(metric.sentence())
        .tags(tags(key))
        .register(registry);
  }

  private Timer timer(Key key) {
    return Timer.builder(key.metric().metricName())
        .description(key.metric().sentence())
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .tags(tags(key))
        .register(registry);
  }

  private DistributionSummary summary(Key key) {
    WorkerMetric metric = key.metric();
    return DistributionSummary.builder(metric.metricName())
        .description(metric.sentence())
        .tags(tags(key))
        .register(registry);
  }

  private <T> void gauge(
      WorkerMetric metric, T of, ToDoubleFunction<T> value, String... tagValues) {
    var key = new Key(metric, List.of(tagValues));
    meters.put(
        key,
        Gauge.builder(metric.metricName(), of, value)
            .description(metric.sentence())
            .tags(tags(key))
            .register(registry));
  }

  private static List<Tag> tags(Key key) {
    List<String> names = key.metric().tags();
    if (names.size() != key.tagValues().size()) {
      throw new IllegalArgumentException(
          key.metric() + " has the tags " + names + ", not " + key.tagValues());
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) tags.add(Tag.of(names.get(i), key.tagValues().get(i)));
    return tags;
  }
}
