package io.livemind.benchmarks;

import io.livemind.benchmarks.floor.FloorBenchmark;
import io.livemind.benchmarks.micro.MicroBenchmarks;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command: {@code benchmarks/run NAME [options]}. */
@Command(
    name = "benchmarks/run",
    description = "Measures what LiveMind on Kafka costs; each prints one table.",
    mixinStandardHelpOptions = true,
    subcommands = {FloorBenchmark.class, MicroBenchmarks.class})
public final class Benchmarks {
  private Benchmarks() {}

  /** Arguments: the benchmark and its options. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
