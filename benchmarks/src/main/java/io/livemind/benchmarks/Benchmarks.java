package io.livemind.benchmarks;

import io.livemind.benchmarks.authors.AuthorsBenchmark;
import io.livemind.benchmarks.capacity.CapacityBenchmark;
import io.livemind.benchmarks.capacity.LogBytesBenchmark;
import io.livemind.benchmarks.capacity.OpenSessionsBenchmark;
import io.livemind.benchmarks.capacity.SoakBenchmark;
import io.livemind.benchmarks.fanout.FanOutBenchmark;
import io.livemind.benchmarks.floor.FloorBenchmark;
import io.livemind.benchmarks.growth.InstancesBenchmark;
import io.livemind.benchmarks.growth.OverloadBenchmark;
import io.livemind.benchmarks.growth.PromptLengthBenchmark;
import io.livemind.benchmarks.micro.FragmentCost;
import io.livemind.benchmarks.micro.MicroBenchmarks;
import io.livemind.benchmarks.roles.AtRestBenchmark;
import io.livemind.benchmarks.roles.AtWorkBenchmark;
import io.livemind.benchmarks.scaling.ScalingReport;
import io.livemind.benchmarks.start.StartBenchmark;
import io.livemind.benchmarks.workers.CancelDelayBenchmark;
import io.livemind.benchmarks.workers.WorkersBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command: {@code benchmarks/run NAME [options]}. */
@Command(
    name = "benchmarks/run",
    description = "Measures what LiveMind on Kafka costs; each prints one table.",
    mixinStandardHelpOptions = true,
    subcommands = {
      FloorBenchmark.class,
      CapacityBenchmark.class,
      LogBytesBenchmark.class,
      OpenSessionsBenchmark.class,
      SoakBenchmark.class,
      PromptLengthBenchmark.class,
      InstancesBenchmark.class,
      OverloadBenchmark.class,
      FanOutBenchmark.class,
      AuthorsBenchmark.class,
      StartBenchmark.class,
      AtRestBenchmark.class,
      AtWorkBenchmark.class,
      ScalingReport.class,
      WorkersBenchmark.class,
      CancelDelayBenchmark.class,
      FragmentCost.class,
      MicroBenchmarks.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  /** Arguments: the benchmark and its options. */
  public static void main(String[] arguments) {
    var benchmarks = new CommandLine(new Benchmarks());
    for (CommandLine one : benchmarks.getSubcommands().values())
      one.getCommandSpec().mixinStandardHelpOptions(true);
    System.exit(benchmarks.execute(arguments));
  }
}
