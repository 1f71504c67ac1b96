package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.MedianRatio;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * Answers alone, with ten times as many inferences waiting in their queue, and while ten times as
 * many a second are dispatched, by turns: what does an answer wait for?
 */
final class PriorityTrial {
  private static final int PLACES = 100;
  private static final int ANSWERS_PER_SECOND = 150;
  private static final int INFERENCES_AN_ANSWER = 10;
  private static final Duration CALL = Duration.ofMillis(200);

  /** A thinking task that nobody took for so long is skipped: a backlog ends soon. */
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** From the last task that is queued to the first answer. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  /** Whoever waits longer than this has waited for a call to end. */
  private static final long WAITED_NANOS = Duration.ofMillis(100).toNanos();

  /** What there is beside the answers. */
  private enum Beside {
    NOTHING("answers alone"),
    QUEUED(INFERENCES_AN_ANSWER + "× inferences queued"),
    DISPATCHED(INFERENCES_AN_ANSWER + "× inferences/s");

    private final String title;

    Beside(String title) {
      this.title = title;
    }
  }

  /** Of all windows of one kind. */
  private static final class Windows {
    private final Histogram delays = new Histogram(3);
    private final List<Double> ratios = new ArrayList<>();
    private long inferences;
  }

  private final Bench bench;
  private final Duration window;
  private final int rounds;

  PriorityTrial(Bench bench, Duration length, int rounds) {
    this.bench = bench;
    this.window = length.dividedBy(3);
    this.rounds = rounds;
  }

  void report(Report report) throws Exception {
    Map<Beside, Windows> all = new EnumMap<>(Beside.class);
    for (Beside beside : Beside.values()) all.put(beside, new Windows());
    var model = new TimedCalls(CALL, 1);
    Topics topics = bench.freshTopics();
    try (AutoCloseable worker = new LiveMindWorkers(1).start(bench.kafka(), topics, PLACES, model);
        ResultReader reader = ResultReader.start(bench.kafka(), topics);
        var queue = new TaskFeed(bench.kafka(), topics, window.plus(LEASE));
        var feed = new TaskFeed(bench.kafka(), topics, LEASE)) {
      Bench.awaitFirst(model, feed);
      for (Beside beside : Beside.values()) window(beside, queue, feed, model);
      for (int i = 0; i < rounds; i++) {
        double alone = 0;
        for (Beside beside : Beside.values()) {
          long before = model.finished(TaskKind.INFERENCE);
          Histogram delays = window(beside, queue, feed, model);
          Windows windows = Objects.requireNonNull(all.get(beside));
          windows.delays.add(delays);
          windows.inferences += model.finished(TaskKind.INFERENCE) - before;
          double p95 = delays.getValueAtPercentile(95);
          if (beside == Beside.NOTHING) alone = p95;
          windows.ratios.add(p95 / alone);
        }
      }
    }
    tell(report, all);
  }

  private static void tell(Report report, Map<Beside, Windows> all) {
    var table =
        new Table(
            "(c) " + PLACES + " places, " + ANSWERS_PER_SECOND + " answers/s",
            "delay p50 / p95 / p99 ms",
            "p95, times that of answers alone",
            "answers",
            "waited over 100 ms",
            "inferences finished");
    all.forEach((beside, windows) -> table.row(row(beside, windows)));
    report.table(table);
    report.line("Ratios: of each round, their median with its bootstrap 95 % interval.");
    report.line("");
  }

  private static String[] row(Beside beside, Windows windows) {
    Histogram delays = windows.delays;
    long waited = delays.getTotalCount() - delays.getCountBetweenValues(0, WAITED_NANOS);
    return new String[] {
      beside.title,
      "%.1f / %.1f / %.1f"
          .formatted(
              delays.getValueAtPercentile(50) / 1e6,
              delays.getValueAtPercentile(95) / 1e6,
              delays.getValueAtPercentile(99) / 1e6),
      beside == Beside.NOTHING ? "1" : MedianRatio.of(windows.ratios).text(),
      Long.toString(delays.getTotalCount()),
      Long.toString(waited),
      Long.toString(windows.inferences)
    };
  }

  private Histogram window(Beside beside, TaskFeed queue, TaskFeed feed, TimedCalls model)
      throws InterruptedException {
    if (beside == Beside.QUEUED) fill(queue);
    int inferences = beside == Beside.DISPATCHED ? INFERENCES_AN_ANSWER : 0;
    long before = model.finished(TaskKind.ANSWER);
    model.takeDelays(TaskKind.ANSWER);
    var count = new long[1];
    OpenLoop.run(
        ANSWERS_PER_SECOND * (1.0 + inferences),
        window,
        due -> {
          boolean answer = count[0]++ % (1 + inferences) == 0;
          feed.dispatch(answer ? TaskKind.ANSWER : TaskKind.INFERENCE, due);
        });
    long answers = Math.ceilDiv(count[0], 1 + inferences);
    Bench.await(() -> model.finished(TaskKind.ANSWER) >= before + answers);
    Histogram delays = model.takeDelays(TaskKind.ANSWER);
    if (beside != Beside.NOTHING) awaitEmptyQueue(feed, model);
    return delays;
  }

  /** Ten inferences for each answer of a window, all of them there before it begins. */
  private void fill(TaskFeed queue) throws InterruptedException {
    long answers = window.toMillis() * ANSWERS_PER_SECOND / 1_000;
    for (long i = 0; i < answers * INFERENCES_AN_ANSWER; i++)
      queue.dispatch(TaskKind.INFERENCE, System.nanoTime());
    queue.flush();
    Thread.sleep(SETTLE);
  }

  /** What is left of the queue is skipped once its lease has passed; then its last task is run. */
  private static void awaitEmptyQueue(TaskFeed feed, TimedCalls model) throws InterruptedException {
    Thread.sleep(LEASE.plus(CALL));
    long before = model.finished(TaskKind.INFERENCE);
    feed.dispatch(TaskKind.INFERENCE, System.nanoTime());
    Bench.await(() -> model.finished(TaskKind.INFERENCE) > before);
  }
}
