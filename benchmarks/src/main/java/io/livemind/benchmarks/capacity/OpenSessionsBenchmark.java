package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.Typists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What sessions cost in which nothing happens, and what a fragment costs among them. */
@Command(
    name = "open-sessions",
    description =
        "Bytes of an open session in memory and on disk, and the cost of a fragment among many.")
public final class OpenSessionsBenchmark implements Callable<Integer> {
  private static final int OPENED_PER_SECOND = 15_000;

  /** Opened, named, and a first word typed. */
  private static final int FRAGMENTS_EACH = 3;

  private static final int ACTIVE = 1_000;
  private static final Duration LOAD = Duration.ofSeconds(10);

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--sessions",
      split = ",",
      defaultValue = "1,100000,1000000",
      description = "Open sessions, growing. Default: ${DEFAULT-VALUE}.")
  private List<Integer> counts = List.of();

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report("open-sessions", "What an open session costs", "benchmarks/run open-sessions");
    var table =
        new Table(
            "open sessions",
            "heap bytes a session",
            "RocksDB bytes a session",
            "CPU µs a fragment of others",
            "submit → task p50 / p99 ms");
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL)) {
      measure(pipeline);
      long heapBefore = heapBytes();
      long diskBefore = bytes(pipeline.stateDirectory());
      int open = 0;
      for (int count : counts) {
        open(pipeline, count - open);
        open = count;
        double heap = (heapBytes() - heapBefore) / (double) count;
        double disk = (bytes(pipeline.stateDirectory()) - diskBefore) / (double) count;
        String[] cells = measure(pipeline).cells("");
        table.row(
            Integer.toString(count),
            "%.0f".formatted(heap),
            "%.0f".formatted(disk),
            cells[4],
            cells[2]);
      }
    }
    report.table(table);
    report.line(
        "Each has one word typed. With few sessions the heap's growth is what the pipeline itself holds once it works.");
    report.line(
        "The bytes of RocksDB are those of its files; its memory lies outside of the heap.");
    publishing.publish(report);
    return 0;
  }

  private static void open(BenchmarkPipeline pipeline, int more) throws InterruptedException {
    try (Typists typists = Load.typists(pipeline, more)) {
      double rate = Math.min(OPENED_PER_SECOND, more * FRAGMENTS_EACH);
      long millis = Math.round(more * (double) FRAGMENTS_EACH / rate * 1_000);
      Load.run(pipeline, typists, rate, Duration.ofMillis(millis));
    }
  }

  private static Load measure(BenchmarkPipeline pipeline) throws InterruptedException {
    try (Typists typists = Load.typists(pipeline, ACTIVE)) {
      Load.run(pipeline, typists, ACTIVE, LOAD);
      return Load.run(pipeline, typists, ACTIVE, LOAD);
    }
  }

  static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(OpenSessionsBenchmark::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that RocksDB has merged away meanwhile has none. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }
}
