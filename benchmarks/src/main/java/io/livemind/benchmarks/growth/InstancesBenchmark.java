package io.livemind.benchmarks.growth;

import io.livemind.benchmarks.capacity.Load;
import io.livemind.benchmarks.capacity.LoadPairs;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.WindowOptions;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one more worker brings, and what one more topology instance costs. */
@Command(
    name = "instances",
    description = "Answers a second by workers, and the cost of a fragment by topology instances.")
public final class InstancesBenchmark implements Callable<Integer> {
  private static final int PLACES = 10;
  private static final Duration MODEL = Duration.ofMillis(500);
  private static final int FRAGMENTS_PER_TURN = 20;
  private static final int TOPOLOGY_RATE = 1_000;

  @Mixin private WindowOptions windows = new WindowOptions();
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--counts",
      split = ",",
      defaultValue = "1,2,4",
      description = "Workers, and topology instances. Default: ${DEFAULT-VALUE}.")
  private List<Integer> counts = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "Length of the workers' loads. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "instances",
            "One more worker, one more instance",
            "benchmarks/run instances --counts %s --seconds %d %s"
                .formatted(
                    counts.stream().map(String::valueOf).collect(Collectors.joining(",")),
                    seconds,
                    windows.text()));
    var workers = new Table("workers", "model calls a second", "of what their places can do");
    var topologies =
        new Table(
            "topology instances",
            "CPU µs a fragment, one / these",
            "these against one",
            "submit → task p50 / p99 ms, one",
            "these",
            "pairs (void)");
    for (int count : counts) workers.row(workers(count));
    for (int count : counts) topologies.row(topologies(count));
    report.table(workers);
    report.line(
        "%d places of %d ms each, offered twice as much.".formatted(PLACES, MODEL.toMillis()));
    report.line("");
    report.table(topologies);
    report.line(
        TOPOLOGY_RATE
            + " fragments a second by turns in a pipeline of one instance and in one of these, both in this JVM, with as many"
            + " partitions each; all instances share this machine. The ratio is the median of the windows' ratios with its bootstrap"
            + " 95 % interval; one against one it shows what it is worth. CPU is that of the whole JVM: what the other"
            + " pipeline uses while nobody types in it is in both arms.");
    publishing.publish(report);
    return 0;
  }

  private String[] workers(int count) throws InterruptedException {
    double able = count * PLACES / (MODEL.toMillis() / 1e3);
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL.withWorkers(count, PLACES, MODEL))) {
      double rate = 2 * able * FRAGMENTS_PER_TURN;
      try (var typists = Load.typists(pipeline, (int) Math.ceil(rate))) {
        Load.run(pipeline, typists, rate / 4, Duration.ofSeconds(5));
        long before = pipeline.modelCalls();
        long begun = System.nanoTime();
        OpenLoop.run(rate, Duration.ofSeconds(seconds), typists::type);
        double calls = (pipeline.modelCalls() - before) * 1e9 / (System.nanoTime() - begun);
        return new String[] {
          Integer.toString(count), "%.1f".formatted(calls), "%.0f %%".formatted(100 * calls / able)
        };
      }
    }
  }

  /** One instance and these, each by turns; both have the same partitions. */
  private String[] topologies(int count) throws InterruptedException {
    int partitions = Math.max(2, count);
    try (var one = BenchmarkPipeline.start(Setup.SMALL.withTopologies(1, partitions));
        var more = BenchmarkPipeline.start(Setup.SMALL.withTopologies(count, partitions))) {
      LoadPairs.warmUp(windows, one, more, TOPOLOGY_RATE);
      var load = LoadPairs.run(windows, one, more, TOPOLOGY_RATE);
      if (load.none())
        return new String[] {Integer.toString(count), "", "", "", "", load.countText()};
      return new String[] {
        Integer.toString(count),
        load.cpuText(),
        load.ratio().text(),
        load.firstDelayText(),
        load.secondDelayText(),
        load.countText()
      };
    }
  }
}
