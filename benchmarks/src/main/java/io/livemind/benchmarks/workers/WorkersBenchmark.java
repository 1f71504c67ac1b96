package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.workers.Bench.Trial;
import io.livemind.cli.embedded.TopicLayout;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast tasks become calls, beside other designs; then scaling, priority, cost of a delta. */
@Command(name = "workers", description = "Workers beside other designs, on one broker in one run.")
public final class WorkersBenchmark implements Callable<Integer> {
  /** Of every topic but that of our own tasks. */
  static final int PARTITIONS = 2;

  private static final Duration CALL = Duration.ofMillis(200);

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--places",
      defaultValue = "1000",
      description = "Calls at a time. Default: ${DEFAULT-VALUE}.")
  private int places = 1000;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "Length of a trial. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Option(
      names = "--pairs",
      defaultValue = "10",
      description = "Pairs of windows of the comparisons by turns. Default: ${DEFAULT-VALUE}.")
  private int pairs = 10;

  @Option(names = "--only", description = "designs, scaling, priority, deltas or http.")
  private String only = "";

  @Override
  public Integer call() throws Exception {
    var report =
        new Report(
            "workers",
            "Workers: from a task on its topic to the start of its call",
            "benchmarks/run workers --places %d --seconds %d --pairs %d"
                .formatted(places, seconds, pairs));
    report.line(
        "Broker, load and workers in one JVM; "
            + PARTITIONS
            + " partitions a topic, one of our tasks; open loop, delay from the moment at which a task was due; a model"
            + " in the JVM takes "
            + CALL.toMillis()
            + " ms.");
    report.line("");
    try (var bench = new Bench()) {
      if (wanted("designs")) designs(bench, report);
      if (wanted("scaling")) scaling(bench, report);
      if (wanted("priority")) new PriorityTrial(bench, length(), pairs).report(report);
      if (wanted("deltas")) new DeltaTrial(bench, length(), pairs).report(report);
      if (wanted("http")) new HttpTrial(bench, length()).report(report);
    }
    publishing.publish(report);
    return 0;
  }

  private boolean wanted(String part) {
    return only.isEmpty() || only.equals(part);
  }

  private Duration length() {
    return Duration.ofSeconds(seconds);
  }

  private static double ideal(int places) {
    return places * 1000.0 / CALL.toMillis();
  }

  private void designs(Bench bench, Report report) throws Exception {
    var table =
        new Table(
            "(a) " + places + " places",
            "calls/s at " + Math.round(ideal(places)) + "/s offered",
            "of the ideal",
            "CPU µs a call",
            "offered at half",
            "delay p50 / p99 ms",
            "CPU µs a call at half");
    var model = new TimedCalls(CALL, 1);
    warmUp(bench, model);
    for (Design design : Design.all()) {
      Bench.Starter starter = (kafka, topics) -> design.start(kafka, topics, places, model);
      Trial full = bench.run(starter, design.taskPartitions(), model, ideal(places), length());
      double half = Math.min(ideal(places), full.callsPerSecond()) / 2;
      Trial calm = bench.run(starter, design.taskPartitions(), model, half, length());
      table.row(
          design.title(),
          "%.0f".formatted(full.callsPerSecond()),
          "%.1f %%".formatted(100 * full.callsPerSecond() / ideal(places)),
          "%.0f".formatted(full.cpuMicros()),
          "%.0f/s".formatted(half),
          calm.millis(50) + " / " + calm.millis(99),
          "%.0f".formatted(calm.cpuMicros()));
    }
    report.table(table);
    report.line(
        "A LiveMind worker writes claim, started, delta and outcome of a task and waits for the broker's"
            + " word on each; the others write an outcome and promise less: a call of theirs that is cut"
            + " off is made again from the beginning, and nobody sees a delta.");
    report.line("");
  }

  /** The first trial of a JVM is always the slowest, so none that counts is the first. */
  private void warmUp(Bench bench, TimedCalls model) throws Exception {
    var design = new LiveMindWorkers(1);
    Bench.Starter starter = (kafka, topics) -> design.start(kafka, topics, places, model);
    bench.run(starter, design.taskPartitions(), model, ideal(places), length());
  }

  private void scaling(Bench bench, Report report) throws Exception {
    int each = Math.max(1, places / 10);
    var table =
        new Table(
            "(b) workers of " + each + " places",
            "task partitions",
            "offered/s",
            "calls/s",
            "of the ideal",
            "delay p50 / p99 ms at half");
    for (int partitions : new int[] {TopicLayout.TASKS, PARTITIONS}) {
      for (int workers : new int[] {1, 2, 4}) {
        table.row(scaled(bench, workers, each, partitions));
      }
    }
    report.table(table);
    report.line(
        "A deployment has "
            + TopicLayout.TASKS
            + " partition of each task topic (docs/adr, 2); "
            + PARTITIONS
            + " are measured to show what more would give.");
    report.line("");
  }

  private String[] scaled(Bench bench, int workers, int each, int partitions) throws Exception {
    var model = new TimedCalls(CALL, 1);
    var design = new LiveMindWorkers(workers);
    Bench.Starter starter = (kafka, topics) -> design.start(kafka, topics, each, model);
    double ideal = ideal(each) * workers;
    Trial full = bench.run(starter, partitions, model, ideal, length());
    Trial calm = bench.run(starter, partitions, model, ideal / 2, length());
    return new String[] {
      Integer.toString(workers),
      Integer.toString(partitions),
      "%.0f".formatted(ideal),
      "%.0f".formatted(full.callsPerSecond()),
      "%.1f %%".formatted(100 * full.callsPerSecond() / ideal),
      calm.millis(50) + " / " + calm.millis(99)
    };
  }
}
