package io.livemind.benchmarks.growth;

import io.livemind.benchmarks.capacity.Load;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
  private static final int TOPOLOGY_RATE = 2_000;

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
      description = "Length of each load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report("instances", "One more worker, one more instance", "benchmarks/run instances");
    var workers = new Table("workers", "model calls a second", "of what their places can do");
    var topologies =
        new Table("topology instances", "CPU µs a fragment", "submit → task p50 / p99 ms");
    for (int count : counts) workers.row(workers(count));
    for (int count : counts) topologies.row(topologies(count));
    report.table(workers);
    report.line(
        "%d places of %d ms each, offered twice as much.".formatted(PLACES, MODEL.toMillis()));
    report.line("");
    report.table(topologies);
    report.line(TOPOLOGY_RATE + " fragments a second; all instances share this machine.");
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

  private String[] topologies(int count) throws InterruptedException {
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL.withTopologies(count));
        var typists = Load.typists(pipeline, TOPOLOGY_RATE)) {
      Load.run(pipeline, typists, TOPOLOGY_RATE, Duration.ofSeconds(seconds));
      Load load = Load.run(pipeline, typists, TOPOLOGY_RATE, Duration.ofSeconds(seconds));
      return new String[] {
        Integer.toString(count),
        "%.0f".formatted(load.cpuMicros()),
        "%.1f / %.1f"
            .formatted(load.millis(Place.MODEL_CALLED, 50), load.millis(Place.MODEL_CALLED, 99))
      };
    }
  }
}
