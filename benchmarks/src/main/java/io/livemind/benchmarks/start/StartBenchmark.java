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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--image",
      description = "An image to start as well, for example livemind:0.1.0. Default: none.")
  private @Nullable String image;

  /** Seconds and megabytes of the starts of one kind. */
  private record Starts(List<Double> seconds, List<Double> megabytes) {
    Starts() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    String[] row(String name) {
      double mean = megabytes.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      return Stream.concat(
              Stream.of(StartBenchmark.seconds(name, seconds)), Stream.of("%.0f".formatted(mean)))
          .toArray(String[]::new);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var report =
        new Report(
            "start",
            "From process start to the first answer",
            "benchmarks/run start --runs " + runs + (image == null ? "" : " --image " + image));
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
    report.line("");
    report.table(demo());
    report.line(
        "From exec to the first key and to the first whole answer, as the line of progress tells them, at most half a"
            + " second late. The demo types recorded prompts six times as fast as they were, and its simulated models"
            + " take their time: most of the way to the answer is that.");
    report.line("");
    if (image == null) {
      report.line("No image was started: that takes --image.");
    } else {
      report.table(image(image));
      report.line("From `docker run` of the simulator to the first 200 of its /health.");
    }
    publishing.publish(report);
    return 0;
  }

  private Table demo() throws IOException, InterruptedException {
    var table = new Table("livemind demo", "runs", "median s", "fastest s", "slowest s");
    DemoProcess.run("");
    List<DemoProcess.Moments> with = new ArrayList<>();
    List<DemoProcess.Moments> without = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      with.add(DemoProcess.run(""));
      without.add(DemoProcess.run("-XX:AOTMode=off"));
    }
    moments(table, "AOT cache", with);
    moments(table, "no cache", without);
    return table;
  }

  private static void moments(Table table, String name, List<DemoProcess.Moments> moments) {
    table.row(
        seconds(
            name + ", first key", moments.stream().map(DemoProcess.Moments::firstKey).toList()));
    table.row(
        seconds(
            name + ", first answer",
            moments.stream().map(DemoProcess.Moments::firstAnswer).toList()));
  }

  private Table image(String name) throws IOException, InterruptedException {
    List<Double> starts = new ArrayList<>();
    ImageStart.seconds(name);
    for (int i = 0; i < runs; i++) starts.add(ImageStart.seconds(name));
    var table = new Table("docker run", "runs", "median s", "fastest s", "slowest s");
    table.row(seconds(name + " simulator", starts));
    return table;
  }

  private static String[] seconds(String name, List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return new String[] {
      name,
      Integer.toString(sorted.size()),
      "%.2f".formatted(sorted.get(sorted.size() / 2)),
      "%.2f".formatted(sorted.getFirst()),
      "%.2f".formatted(sorted.getLast())
    };
  }

  private static void once(Starts starts, String javaOptions)
      throws IOException, InterruptedException {
    try (var process = StartedProcess.start(javaOptions)) {
      starts.seconds().add(process.firstWords());
      starts.megabytes().add(process.residentMegabytes());
    }
  }
}
