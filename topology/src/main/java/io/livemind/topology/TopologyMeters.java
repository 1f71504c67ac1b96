package io.livemind.topology;

import static java.util.Locale.ROOT;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.session.Flight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What can be seen of an instance: its {@link TopologyMetric}s in a registry, its part of traces.
 *
 * <p>Threading: any thread.
 */
final class TopologyMeters {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final String RELEASED = "released";
  private static final String DROPPED = "dropped";
  private static final String COMPLETED = "completed";
  private static final String CANCELLED = "cancelled";

  /** Under which a record of this stage becomes a dead letter. */
  private static final Set<FailureCode> DEAD =
      EnumSet.of(FailureCode.UNREADABLE, FailureCode.UNPROCESSABLE, FailureCode.UNKNOWN_PARTITION);

  private record Key(TopologyMetric metric, String tagValue) {}

  private final MeterRegistry registry;
  private final TurnTraces traces;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final Timer claimDelay;
  private final Timer rendering;
  private final DistributionSummary taskLength;

  TopologyMeters(MeterRegistry registry) {
    this(registry, TurnTraces.NONE);
  }

  TopologyMeters(MeterRegistry registry, TurnTraces traces) {
    this.registry = registry;
    this.traces = traces;
    showFromZero();
    claimDelay = timer(TopologyMetric.CLAIM_DELAY);
    rendering = timer(TopologyMetric.RENDERING);
    taskLength =
        DistributionSummary.builder(TopologyMetric.TASK_LENGTH.metricName())
            .description(TopologyMetric.TASK_LENGTH.sentence())
            .register(registry);
    Gauge.builder(TopologyMetric.SESSIONS.metricName(), sessions, AtomicInteger::get)
        .description(TopologyMetric.SESSIONS.sentence())
        .register(registry);
  }

  /** An alert on an increase would not see the first one, and a dashboard would show nothing. */
  private void showFromZero() {
    for (FailureCode code : DEAD) show(TopologyMetric.DEAD_LETTERS, code.code());
    for (FailureCode code : EnumSet.range(FailureCode.SESSION_UNKNOWN, FailureCode.RESYNC))
      show(TopologyMetric.REJECTED, code.code());
    show(TopologyMetric.REJECTED, FailureCode.OPTIONS_TOO_LARGE.code());
    for (Flight.Purpose purpose : Flight.Purpose.values())
      show(TopologyMetric.LEASES_EXPIRED, tag(purpose));
    for (Action action : Action.values()) show(TopologyMetric.THOUGHTS, tag(action));
    for (String end : List.of(RELEASED, DROPPED)) show(TopologyMetric.DRAFTS, end);
    for (String end : List.of(COMPLETED, CANCELLED)) show(TopologyMetric.TURNS, end);
    for (FailureCode code : EnumSet.range(FailureCode.TURN_DEADLINE, FailureCode.BUDGET_SPENT))
      show(TopologyMetric.TURNS, code.code());
  }

  private void show(TopologyMetric metric, String tagValue) {
    counters.computeIfAbsent(new Key(metric, tagValue), this::counter);
  }

  /** Where the instance's part of a turn's trace goes. */
  TurnTraces traces() {
    return traces;
  }

  /** Sessions were opened, or found at assignment; negative: they have gone. */
  void sessions(int difference) {
    sessions.addAndGet(difference);
  }

  void dispatched(Flight flight, Task task, long renderingNanos) {
    count(TopologyMetric.DISPATCHED, purpose(flight));
    rendering.record(Duration.ofNanos(renderingNanos));
    int length = 0;
    for (Message message : task.getMessages()) length += message.getContent().length();
    taskLength.record(length);
  }

  void claimed(long delayMillis) {
    claimDelay.record(Duration.ofMillis(Math.max(0, delayMillis)));
  }

  void leaseExpired(Flight flight) {
    count(TopologyMetric.LEASES_EXPIRED, purpose(flight));
  }

  void historyCut() {
    count(TopologyMetric.HISTORY_CUT, "");
  }

  /** A record went to {@code dead-letters}. */
  void deadLetter(FailureCode code) {
    count(TopologyMetric.DEAD_LETTERS, code.code());
  }

  /** An event of {@code answers}. */
  void published(Object event) {
    switch (event) {
      case SegmentClosed segment -> count(TopologyMetric.SEGMENTS, tag(segment.getClosedBy()));
      case Revised _ -> count(TopologyMetric.REVISIONS, "");
      case Rejected rejected -> count(TopologyMetric.REJECTED, rejected.getCode());
      case Inferred inferred -> count(TopologyMetric.THOUGHTS, tag(inferred.getAction()));
      case InferenceDropped dropped -> count(TopologyMetric.THOUGHTS, dropped.getCode());
      case DraftEnded ended ->
          count(TopologyMetric.DRAFTS, ended.getReleased() ? RELEASED : DROPPED);
      case Completed _ -> count(TopologyMetric.TURNS, COMPLETED);
      case Cancelled _ -> count(TopologyMetric.TURNS, CANCELLED);
      case Failed failed -> count(TopologyMetric.TURNS, failed.getCode());
      default -> {}
    }
  }

  private static String purpose(Flight flight) {
    return tag(flight.purpose());
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(ROOT);
  }

  private void count(TopologyMetric metric, String tagValue) {
    counters.computeIfAbsent(new Key(metric, tagValue), this::counter).increment();
  }

  private Counter counter(Key key) {
    TopologyMetric metric = key.metric();
    List<Tag> tags =
        metric.tags().isEmpty()
            ? Collections.emptyList()
            : List.of(Tag.of(metric.tags().getFirst(), key.tagValue()));
    return Counter.builder(metric.metricName())
        .description(metric.sentence())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(TopologyMetric metric) {
    return Timer.builder(metric.metricName())
        .description(metric.sentence())
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }
}
