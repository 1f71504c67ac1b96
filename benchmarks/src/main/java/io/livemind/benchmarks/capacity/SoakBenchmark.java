package io.livemind.benchmarks.capacity;

import com.sun.management.UnixOperatingSystemMXBean;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.Typists;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same load for a long time, with new sessions all the while: what grows, leaks. */
@Command(
    name = "soak",
    description = "A steady load with ever new sessions, and what it holds as time goes by.")
public final class SoakBenchmark implements Callable<Integer> {
  private static final int LOOKS = 12;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--minutes",
      defaultValue = "60",
      description = "How long. Default: ${DEFAULT-VALUE}.")
  private int minutes = 60;

  @Option(
      names = "--rate",
      defaultValue = "10000",
      description =
          "Fragments a second; half of the machine's capacity is meant. Default: ${DEFAULT-VALUE}.")
  private int rate = 10_000;

  @Option(
      names = "--expiry-minutes",
      defaultValue = "2",
      description =
          "A session in which nothing happens for so long goes. Default: ${DEFAULT-VALUE}.")
  private int expiryMinutes = 2;

  @Option(
      names = "--keeping-minutes",
      defaultValue = "5",
      description =
          "Topics, and the memory of deleted sessions, keep for so long what nobody needs; an hour in"
              + " production. Default: ${DEFAULT-VALUE}.")
  private int keepingMinutes = 5;

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "soak",
            "The same load for " + minutes + " minutes",
            "benchmarks/run soak --minutes %d --rate %d --expiry-minutes %d --keeping-minutes %d"
                .formatted(minutes, rate, expiryMinutes, keepingMinutes));
    var table =
        new Table(
            "after min",
            "open sessions",
            "heap MB",
            "threads",
            "open files",
            "RocksDB MB",
            "topics MB",
            "CPU µs a fragment",
            "submit → task p50 / p99 ms",
            "lag s");
    Duration expiry = Duration.ofMinutes(expiryMinutes);
    Duration keeping = Duration.ofMinutes(keepingMinutes);
    var setup = Setup.SMALL.withSessionExpiry(expiry).withKeeping(keeping);
    try (var pipeline = BenchmarkPipeline.start(setup)) {
      try (Typists typists = Load.typists(pipeline, rate)) {
        for (int look = 1; look <= LOOKS; look++) {
          Duration each = Duration.ofMinutes(minutes).dividedBy(LOOKS);
          Load load = Load.run(pipeline, typists, rate, each);
          String[] row = row(pipeline, load, each.multipliedBy(look));
          table.row(row);
          System.err.println(String.join("  ", row));
        }
      }
      // The log looks for what is too old now and then, and deletes whole segments.
      Thread.sleep(expiry.plus(keeping.multipliedBy(2)));
      table.row(atRest(pipeline));
      report.table(table);
      report.line(
          "%d fragments a second; each turn is a session of its own, which expires after %d min. Topics and the memory of deleted"
              .formatted(rate, expiryMinutes));
      report.line(
          "sessions keep for %d min what nobody needs any more, instead of an hour. The last row is without load, when everything had"
              .formatted(keepingMinutes));
      report.line(
          "expired. Failed turns: %d, rejected fragments: %d."
              .formatted(pipeline.clock().failures(), pipeline.rejected()));
    }
    publishing.publish(report);
    return 0;
  }

  private static String[] row(BenchmarkPipeline pipeline, Load load, Duration since) {
    return cells(
        pipeline,
        "%.1f".formatted(since.toSeconds() / 60.0),
        "%.0f".formatted(load.cpuMicros()),
        "%.1f / %.1f"
            .formatted(load.millis(Place.MODEL_CALLED, 50), load.millis(Place.MODEL_CALLED, 99)),
        "%.2f".formatted(load.lag().toMillis() / 1e3));
  }

  private static String[] atRest(BenchmarkPipeline pipeline) {
    return cells(pipeline, "at rest", "", "", "");
  }

  private static String[] cells(
      BenchmarkPipeline pipeline, String label, String cpu, String delay, String lag) {
    var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    return new String[] {
      label,
      Long.toString(pipeline.openSessions()),
      megabytes(OpenSessionsBenchmark.heapBytes()),
      Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount()),
      Long.toString(system.getOpenFileDescriptorCount()),
      megabytes(OpenSessionsBenchmark.bytes(pipeline.stateDirectory())),
      megabytes(OpenSessionsBenchmark.bytes(pipeline.logDirectory())),
      cpu,
      delay,
      lag
    };
  }

  private static String megabytes(long bytes) {
    return "%.0f".formatted(bytes / 1e6);
  }
}
