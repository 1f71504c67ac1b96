package io.livemind.benchmarks.start;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the start of a process to its first answer. */
@Command(
    name = "start",
    description = "From process start to the first words of an answer, with and without AOT cache.")
public final class StartBenchmark implements Callable<Integer> {
  private static final Path CACHE = Path.of("cli/target/livemind.aot");

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Starts of each kind, by turns. Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  /** Seconds and megabytes of the starts of one kind. */
  private record Starts(List<Double> seconds, List<Double> megabytes) {
    Starts() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    String[] row(String name) {
      List<Double> sorted = seconds.stream().sorted().toList();
      return new String[] {
        name,
        Integer.toString(sorted.size()),
        "%.2f".formatted(sorted.get(sorted.size() / 2)),
        "%.2f".formatted(sorted.getFirst()),
        "%.2f".formatted(sorted.getLast()),
        "%.0f".formatted(megabytes.stream().mapToDouble(Double::doubleValue).average().orElse(0))
      };
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var report =
        new Report("start", "From process start to the first answer", "benchmarks/run start");
    // Builds what is not built, and warms the files up.
    once(new Starts(), "");
    if (!Files.exists(CACHE)) throw new IllegalStateException("there is no AOT cache: " + CACHE);
    var with = new Starts();
    var without = new Starts();
    for (int i = 0; i < runs; i++) {
      once(with, "");
      once(without, "-XX:AOTMode=off");
    }
    var table = new Table("livemind up", "runs", "median s", "fastest s", "slowest s", "RSS MB");
    table.row(with.row("AOT cache"));
    table.row(without.row("no cache"));
    report.table(table);
    report.line(
        "From exec to the first words of an answer over HTTP, by a simulated model that takes the time of a"
            + " real one; the whole pipeline and the broker are in this one process.");
    publishing.publish(report);
    return 0;
  }

  private static void once(Starts starts, String javaOptions)
      throws IOException, InterruptedException {
    try (var process = StartedProcess.start(javaOptions)) {
      starts.seconds().add(process.firstWords());
      starts.megabytes().add(process.residentMegabytes());
    }
  }
}
