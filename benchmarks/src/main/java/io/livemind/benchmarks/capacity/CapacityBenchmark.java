package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.ThreadCpu.Owner;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.Typists;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Steady loads, one higher than the other, through the whole chain. */
@Command(
    name = "capacity",
    description = "The most fragments a second, and the most typists, through the whole chain.")
public final class CapacityBenchmark implements Callable<Integer> {
  private static final int OPENED_PER_SECOND = 15_000;

  /** Of a worker whose calls would last a third of a second, under the load that is looked for. */
  private static final int PLACES = 1_024;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "5000,10000,20000,30000,40000",
      description = "Fragments a second. Default: ${DEFAULT-VALUE}.")
  private List<Integer> rates = List.of();

  @Option(
      names = "--sessions",
      defaultValue = "100000",
      description =
          "Sessions that type in turn; 0: as many as fragments a second, so one a second each."
              + " Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of each load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--warm-up-seconds",
      defaultValue = "120",
      description =
          "Load of half the highest rate before anything counts: so long the compiler takes a part of the"
              + " processors that a running service has for itself. Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds = 120;

  @Option(
      names = "--lead-in-seconds",
      defaultValue = "40",
      description =
          "Load of each rate before it counts: each brings other sizes of batches, and work"
              + " for the compiler. Default: ${DEFAULT-VALUE}.")
  private int leadInSeconds = 40;

  @Option(
      names = "--stream-threads",
      defaultValue = "2",
      description =
          "Of the topology; a process of its own has two unless it is told otherwise."
              + " Default: ${DEFAULT-VALUE}.")
  private int streamThreads = 2;

  @Override
  public Integer call() throws InterruptedException {
    String name = sessions == 0 ? "typists" : "capacity";
    var report =
        new Report(
            name,
            sessions == 0
                ? "The most people who type one fragment a second"
                : "The most fragments a second",
            "benchmarks/run capacity --sessions "
                + sessions
                + " --seconds "
                + seconds
                + " --rates "
                + rates.stream().map(String::valueOf).collect(Collectors.joining(","))
                + " --warm-up-seconds "
                + warmUpSeconds
                + " --lead-in-seconds "
                + leadInSeconds
                + " --stream-threads "
                + streamThreads);
    var table =
        new Table(
            "offered/s",
            "sent/s",
            "submit → task at a worker p50 / p99 ms",
            "lag at the end s",
            "CPU µs a fragment");
    var owners =
        new Table(
            Stream.concat(Stream.of("offered/s"), Arrays.stream(Owner.values()).map(Owner::text))
                .toArray(String[]::new));
    var setup = Setup.SMALL.withStreamThreads(streamThreads).withWorkers(1, PLACES, Duration.ZERO);
    try (var pipeline = BenchmarkPipeline.start(setup)) {
      run(
          pipeline,
          (rate, load) -> {
            String offered = Integer.toString(rate);
            table.row(load.cells(offered));
            owners.row(processorCells(offered, load));
            System.err.println(String.join("  ", load.cells(offered)));
          });
      report.table(table);
      report.line("Whose threads used the processor, µs a fragment:");
      report.line("");
      report.table(owners);
      report.line(
          "Broker, topology with RocksDB, worker, model and the people who type share this machine; one"
              + " fragment in "
              + Load.FRAGMENTS_PER_TURN
              + " is a submit. Failed turns: "
              + pipeline.clock().failures()
              + ", rejected fragments: "
              + pipeline.rejected()
              + ".");
    }
    publishing.publish(report);
    return 0;
  }

  private static String[] processorCells(String offered, Load load) {
    return Stream.concat(
            Stream.of(offered),
            Arrays.stream(Owner.values())
                .map(owner -> load.cpuMicrosByOwner().getOrDefault(owner, 0.0))
                .map("%.1f"::formatted))
        .toArray(String[]::new);
  }

  private void run(BenchmarkPipeline pipeline, BiConsumer<Integer, Load> measured)
      throws InterruptedException {
    int warmUpRate = Math.ceilDiv(Collections.max(rates), 2);
    if (sessions > 0) {
      try (Typists typists = opened(pipeline, sessions)) {
        warmUp(pipeline, typists, warmUpRate);
        for (int rate : rates) measured.accept(rate, load(pipeline, typists, rate));
      }
    } else {
      try (Typists typists = opened(pipeline, warmUpRate)) {
        warmUp(pipeline, typists, warmUpRate);
      }
      for (int rate : rates) {
        try (Typists typists = opened(pipeline, rate)) {
          measured.accept(rate, load(pipeline, typists, rate));
        }
      }
    }
  }

  /** All sessions are open, and stand at different places of their turns. */
  private static Typists opened(BenchmarkPipeline pipeline, int count) throws InterruptedException {
    Typists typists = Load.typists(pipeline, count);
    double rate = Math.min(OPENED_PER_SECOND, count);
    Load.run(pipeline, typists, rate, Duration.ofMillis(Math.round(2_000 * count / rate)));
    return typists;
  }

  /** Compiled code is what is measured, so the compiler has its work before. */
  private void warmUp(BenchmarkPipeline pipeline, Typists typists, int rate)
      throws InterruptedException {
    Load.run(pipeline, typists, rate, Duration.ofSeconds(warmUpSeconds));
  }

  private Load load(BenchmarkPipeline pipeline, Typists typists, int rate)
      throws InterruptedException {
    Load.run(pipeline, typists, rate, Duration.ofSeconds(leadInSeconds));
    return Load.run(pipeline, typists, rate, Duration.ofSeconds(seconds));
  }
}
