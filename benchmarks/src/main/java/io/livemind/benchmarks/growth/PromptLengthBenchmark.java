package io.livemind.benchmarks.growth;

import io.livemind.benchmarks.harness.Alternation;
import io.livemind.benchmarks.harness.MedianRatio;
import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.WindowOptions;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.LongPrompts;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.schemas.avro.Mode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one more word costs, by how long the prompt is already. */
@Command(
    name = "prompt-length",
    description = "The cost of a fragment against the length of the prompt that it is added to.")
public final class PromptLengthBenchmark implements Callable<Integer> {
  private static final int SHORT = 200;
  private static final int SESSIONS = 20;
  private static final int RATE = 2_000;

  @Mixin private WindowOptions windows = new WindowOptions();
  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--lengths",
      split = ",",
      defaultValue = "2000,20000,200000",
      description = "UTF-16 units, each against " + SHORT + ". Default: ${DEFAULT-VALUE}.")
  private List<Integer> lengths = List.of();

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "prompt-length",
            "A fragment against the length of its prompt",
            "benchmarks/run prompt-length " + windows.text());
    var table = new Table("prompt length", "CPU µs a fragment", "against " + SHORT, "pairs (void)");
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL)) {
      try (LongPrompts warm = prompts(pipeline, SHORT)) {
        OpenLoop.run(RATE, windows.warmUp(), warm::type);
      }
      for (int length : lengths) {
        try (LongPrompts brief = prompts(pipeline, SHORT);
            LongPrompts longer = prompts(pipeline, length)) {
          var pairs = Alternation.run(windows, () -> window(brief), () -> window(longer));
          if (pairs.valid().isEmpty()) continue;
          table.row(
              Integer.toString(length),
              "%.0f"
                  .formatted(
                      pairs.valid().stream()
                          .mapToDouble(Alternation.Pair::second)
                          .average()
                          .orElseThrow()),
              MedianRatio.of(
                      pairs.valid().stream().map(pair -> pair.second() / pair.first()).toList())
                  .text(),
              pairs.valid().size() + " (" + pairs.voidPairs() + ")");
        }
      }
    }
    report.table(table);
    report.line(
        "Processor time of everything in the JVM at "
            + RATE
            + " fragments a second in "
            + SESSIONS
            + " sessions, nothing thought about; the ratio with its bootstrap 95 % interval.");
    publishing.publish(report);
    return 0;
  }

  private static LongPrompts prompts(BenchmarkPipeline pipeline, int length) {
    return new LongPrompts(
        pipeline.kafka(),
        pipeline.topics().fragments(),
        pipeline.clock(),
        SESSIONS,
        length,
        Mode.CONVENTIONAL);
  }

  /** Processor time of a fragment, in microseconds. */
  private double window(LongPrompts prompts) throws InterruptedException {
    long cpu = ProcessCpu.nanos();
    OpenLoop.run(RATE, windows.length(), prompts::type);
    return (ProcessCpu.nanos() - cpu) / 1e3 / (RATE * windows.length().toSeconds());
  }
}
