package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.WindowOptions;
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
import java.util.stream.Collectors;
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

  private static final int RATE = 1_000;
  private static final Duration AT_REST = Duration.ofSeconds(8);
  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final Duration LONGEST_OPENING = Duration.ofMinutes(2);

  @Mixin private WindowOptions windows = new WindowOptions();
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--sessions",
      split = ",",
      defaultValue = "1000,1000000",
      description =
          "Sessions that are opened in one of the two, growing. Default: ${DEFAULT-VALUE}.")
  private List<Integer> counts = List.of();

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "open-sessions",
            "What an open session costs",
            "benchmarks/run open-sessions --sessions "
                + counts.stream().map(String::valueOf).collect(Collectors.joining(","))
                + " "
                + windows.text());
    var bytes = new Table("opened", "heap bytes a session", "RocksDB bytes a session");
    var costs =
        new Table(
            "opened",
            "open in the few / the many",
            "CPU µs a fragment, few / many",
            "many against few",
            "submit → task p50 / p99 ms, few",
            "many",
            "CPU while nobody types ms/s",
            "pairs (void)");
    try (var few = BenchmarkPipeline.start(Setup.SMALL);
        var many = BenchmarkPipeline.start(Setup.SMALL)) {
      LoadPairs.warmUp(windows, few, many, RATE);
      long heapBefore = heapBytes();
      long diskBefore = bytes(many.stateDirectory());
      long openBefore = few.openSessions() + many.openSessions();
      long manyBefore = many.openSessions();
      int opened = 0;
      for (int count : counts) {
        open(many, count - opened);
        opened = count;
        double heap =
            (heapBytes() - heapBefore)
                / (double) (few.openSessions() + many.openSessions() - openBefore);
        double disk =
            (bytes(many.stateDirectory()) - diskBefore)
                / (double) (many.openSessions() - manyBefore);
        String label = Integer.toString(count);
        bytes.row(label, "%.0f".formatted(heap), "%.0f".formatted(disk));
        var load = LoadPairs.run(windows, few, many, RATE);
        if (load.none()) {
          report.line(label + ": every window was void: the machine is busy with something else.");
          continue;
        }
        String open = few.openSessions() + " / " + many.openSessions();
        costs.row(
            label,
            open,
            load.cpuText(),
            load.ratio().text(),
            load.firstDelayText(),
            load.secondDelayText(),
            atRest(),
            load.countText());
      }
    }
    report.table(bytes);
    report.line(
        "Each has one word typed. With few sessions the heap's difference is that of what the pipelines hold while they work, and may be"
            + " below zero. The bytes of RocksDB are those of its files; its memory lies outside of the heap.");
    report.line("");
    report.table(costs);
    report.line(
        "Two pipelines, each with a broker of its own, in one JVM and so in one heap: the sessions are opened in the second only,"
            + " then people type "
            + RATE
            + " fragments a second by turns in the one and in the other. The ratio is the median of the windows' ratios with its"
            + " bootstrap 95 % interval; where both hold about as few it shows what it is worth. CPU is that of the whole JVM: what open"
            + " sessions cost without any load, and the collector's work with their heap, is in both arms alike; the former stands"
            + " beside it.");
    publishing.publish(report);
    return 0;
  }

  /** Returns when the topology holds them: what it has yet to read would be measured as load. */
  private static void open(BenchmarkPipeline pipeline, int more) throws InterruptedException {
    long wanted = pipeline.openSessions() + more;
    try (Typists typists = Load.typists(pipeline, more)) {
      double rate = Math.min(OPENED_PER_SECOND, more * FRAGMENTS_EACH);
      long millis = Math.round(more * (double) FRAGMENTS_EACH / rate * 1_000);
      Load.run(pipeline, typists, rate, Duration.ofMillis(millis));
    }
    long begun = System.nanoTime();
    while (pipeline.openSessions() < wanted) {
      if (System.nanoTime() - begun > LONGEST_OPENING.toNanos())
        throw new IllegalStateException(
            "of %d sessions only %d are open".formatted(wanted, pipeline.openSessions()));
      Thread.sleep(100);
    }
  }

  /** Processor time of this JVM while nobody types, milliseconds a second. */
  private static String atRest() throws InterruptedException {
    Thread.sleep(SETTLING);
    long cpu = ProcessCpu.nanos();
    Thread.sleep(AT_REST);
    return "%.0f".formatted(1e3 * (ProcessCpu.nanos() - cpu) / AT_REST.toNanos());
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
