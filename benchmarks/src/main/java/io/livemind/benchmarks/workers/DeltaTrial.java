package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.cli.embedded.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers in one piece and in many, by turns: what does a token cost on its way? */
final class DeltaTrial {
  private static final int PLACES = 500;
  private static final int CALLS_PER_SECOND = 100;
  private static final int PIECES = 100;

  /** 50 tokens a second: a fast reader's model. */
  private static final Duration CALL = Duration.ofSeconds(2);

  private final Bench bench;
  private final Duration window;
  private final int pairs;

  DeltaTrial(Bench bench, Duration length, int pairs) {
    this.bench = bench;
    this.window = length.dividedBy(2);
    this.pairs = Math.max(1, pairs / 3);
  }

  void report(Report report) throws Exception {
    List<Double> costs = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      double one = cpuMicrosACall(1);
      double many = cpuMicrosACall(PIECES);
      costs.add((many - one) / (PIECES - 1));
    }
    var sorted = costs.stream().sorted().toList();
    var table =
        new Table("(d) 50 tokens/s a call, " + CALLS_PER_SECOND + " calls/s", "CPU µs a token");
    table.row(
        "median (least – most) of " + pairs + " pairs",
        "%.1f (%.1f – %.1f)".formatted(sorted.get(pairs / 2), sorted.getFirst(), sorted.getLast()));
    report.table(table);
    report.line("With the broker's part and that of the model, which wakes up for each token.");
    report.line("");
  }

  private double cpuMicrosACall(int pieces) throws Exception {
    var model = new TimedCalls(CALL, pieces);
    Bench.Starter starter =
        (kafka, topics) -> new LiveMindWorkers(1).start(kafka, topics, PLACES, model);
    return bench.run(starter, TopicLayout.TASKS, model, CALLS_PER_SECOND, window).cpuMicros();
  }
}
