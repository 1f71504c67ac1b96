package io.livemind.benchmarks.capacity;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.ThreadCpu.Owner;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.Typists;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each topic takes of a fragment, and how much of it a core of the broker carries. */
@Command(
    name = "log-bytes",
    description =
        "Records and bytes of a fragment in each topic, and what a broker's core carries.")
public final class LogBytesBenchmark implements Callable<Integer> {
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--rate",
      defaultValue = "20000",
      description = "Fragments a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--sessions",
      defaultValue = "20000",
      description = "Sessions that type in turn. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "Measured, after as long a warm-up. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "log-bytes",
            "What a fragment leaves in the log",
            "benchmarks/run log-bytes --rate %d --sessions %d --seconds %d"
                .formatted(rate, sessions, seconds));
    var duration = Duration.ofSeconds(seconds);
    double fragments = (double) rate * seconds;
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL);
        Typists typists = Load.typists(pipeline, sessions)) {
      Load.run(pipeline, typists, rate, duration);
      var before = LogContent.of(pipeline.kafka());
      Load load = Load.run(pipeline, typists, rate, duration);
      var written = LogContent.of(pipeline.kafka()).since(before);
      report.table(table(written, fragments));
      report.line(carried(load, written.bytes() / fragments));
    }
    report.line(
        "One copy of each record, as batches of this load come to the disk; one fragment in %d is a submit, and an"
            .formatted(Load.FRAGMENTS_PER_TURN));
    report.line("answer is one delta of a few words.");
    publishing.publish(report);
    return 0;
  }

  private static Table table(LogContent written, double fragments) {
    var table = new Table("topic", "records a fragment", "bytes a record", "bytes a fragment");
    written.topics().entrySet().stream()
        .filter(topic -> topic.getValue().records() > 0)
        .sorted(Comparator.comparingLong(topic -> -topic.getValue().bytes()))
        .forEach(
            topic ->
                table.row(
                    topic.getKey(),
                    "%.3f".formatted(topic.getValue().records() / fragments),
                    "%.0f"
                        .formatted(topic.getValue().bytes() / (double) topic.getValue().records()),
                    "%.0f".formatted(topic.getValue().bytes() / fragments)));
    return table;
  }

  private String carried(Load load, double bytes) {
    double micros = load.cpuMicrosByOwner().getOrDefault(Owner.BROKER, 0.0);
    return "%.0f bytes a fragment in all, for %.1f µs of the broker's processor: %.0f MB/s a core, written and read. Lag at the end %.2f s."
        .formatted(bytes, micros, bytes / micros, load.lag().toMillis() / 1e3);
  }
}
