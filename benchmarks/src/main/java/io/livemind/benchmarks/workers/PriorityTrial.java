package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.MedianRatio;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Answers alone, and answers while ten times as many inferences are asked for, by turns: what does
 * an answer wait for?
 */
final class PriorityTrial {
  private static final int PLACES = 100;
  private static final int ANSWERS_PER_SECOND = 150;
  private static final int INFERENCES_AN_ANSWER = 10;
  private static final Duration CALL = Duration.ofMillis(200);

  /** A thinking task that nobody took for so long is skipped: the backlog ends with its window. */
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** Whoever waits longer than this has waited for a call to end. */
  private static final long WAITED_NANOS = Duration.ofMillis(100).toNanos();

  private final Bench bench;
  private final Duration window;
  private final int pairs;

  PriorityTrial(Bench bench, Duration length, int pairs) {
    this.bench = bench;
    this.window = length.dividedBy(3);
    this.pairs = pairs;
  }

  void report(Report report) throws Exception {
    var alone = new Histogram(3);
    var crowded = new Histogram(3);
    List<Double> ratios = new ArrayList<>();
    var model = new TimedCalls(CALL, 1);
    Topics topics = bench.freshTopics();
    long inferences;
    try (AutoCloseable worker = new LiveMindWorkers(1).start(bench.kafka(), topics, PLACES, model);
        ResultReader reader = ResultReader.start(bench.kafka(), topics);
        var feed = new TaskFeed(bench.kafka(), topics, LEASE)) {
      Bench.awaitFirst(model, feed);
      window(feed, model, 0);
      long before = model.finished(TaskKind.INFERENCE);
      for (int i = 0; i < pairs; i++) {
        Histogram first = window(feed, model, 0);
        Histogram second = window(feed, model, INFERENCES_AN_ANSWER);
        alone.add(first);
        crowded.add(second);
        ratios.add((double) second.getValueAtPercentile(95) / first.getValueAtPercentile(95));
      }
      inferences = model.finished(TaskKind.INFERENCE) - before;
    }
    var table =
        new Table(
            "(c) " + PLACES + " places, " + ANSWERS_PER_SECOND + " answers/s",
            "delay p50 / p95 / p99 ms",
            "answers",
            "waited over 100 ms",
            "inferences finished");
    table.row(row("answers alone", alone, 0));
    table.row(row("with " + INFERENCES_AN_ANSWER + "× inferences", crowded, inferences));
    report.table(table);
    report.line(
        "Ratio of p95, median of the pairs with its bootstrap 95 % interval: "
            + MedianRatio.of(ratios).text()
            + ".");
    report.line("");
  }

  private static String[] row(String title, Histogram delays, long inferences) {
    long waited = delays.getTotalCount() - delays.getCountBetweenValues(0, WAITED_NANOS);
    return new String[] {
      title,
      "%.1f / %.1f / %.1f"
          .formatted(
              delays.getValueAtPercentile(50) / 1e6,
              delays.getValueAtPercentile(95) / 1e6,
              delays.getValueAtPercentile(99) / 1e6),
      Long.toString(delays.getTotalCount()),
      Long.toString(waited),
      Long.toString(inferences)
    };
  }

  private Histogram window(TaskFeed feed, TimedCalls model, int inferencesAnAnswer)
      throws InterruptedException {
    long before = model.finished(TaskKind.ANSWER);
    model.takeDelays(TaskKind.ANSWER);
    var count = new long[1];
    OpenLoop.run(
        ANSWERS_PER_SECOND * (1.0 + inferencesAnAnswer),
        window,
        due -> {
          boolean answer = count[0]++ % (1 + inferencesAnAnswer) == 0;
          feed.dispatch(answer ? TaskKind.ANSWER : TaskKind.INFERENCE, due);
        });
    long answers = Math.ceilDiv(count[0], 1 + inferencesAnAnswer);
    Bench.await(() -> model.finished(TaskKind.ANSWER) >= before + answers);
    Thread.sleep(LEASE);
    return model.takeDelays(TaskKind.ANSWER);
  }
}
