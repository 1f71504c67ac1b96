package io.livemind.benchmarks.authors;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.LongPrompts;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.schemas.avro.Mode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A fragment in the design of the paper, and in this one, by the length of the prompt. */
@Command(
    name = "authors-design",
    description = "The same work in one process with the whole text cut again at each key.")
public final class AuthorsBenchmark implements Callable<Integer> {
  private static final String[] WORDS = HumanPace.SENTENCE.split("(?<= )");
  private static final int SESSIONS = 20;
  private static final int RATE = 2_000;
  private static final Duration LOAD = Duration.ofSeconds(8);
  private static final Duration LONGEST_TAIL = Duration.ofSeconds(20);
  private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--lengths",
      split = ",",
      defaultValue = "200,2000,20000,200000",
      description = "UTF-16 units of the prompt. Default: ${DEFAULT-VALUE}.")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--model-millis",
      defaultValue = "500",
      description = "Of a call while people type, in the second table. Default: ${DEFAULT-VALUE}.")
  private int modelMillis = 500;

  @Option(
      names = "--people",
      defaultValue = "40",
      description = "Who type at a human speed, in the second table. Default: ${DEFAULT-VALUE}.")
  private int people = 40;

  @Option(
      names = "--keys",
      split = ",",
      defaultValue = "5,20",
      description = "A second, of each of them. Default: ${DEFAULT-VALUE}.")
  private List<Integer> keys = List.of();

  @Option(
      names = "--typed-lengths",
      split = ",",
      defaultValue = "200,20000",
      description = "UTF-16 units of their prompts. Default: ${DEFAULT-VALUE}.")
  private List<Integer> typedLengths = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "For which they type. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "authors-design",
            "Against the design of the paper",
            "benchmarks/run authors-design --lengths %s --model-millis %d --people %d --keys %s --typed-lengths %s --seconds %d"
                .formatted(
                    joined(lengths),
                    modelMillis,
                    people,
                    joined(keys),
                    joined(typedLengths),
                    seconds));
    var table =
        new Table(
            "prompt length",
            "theirs: µs a fragment",
            "theirs: fragments/s a core",
            "theirs: a step holds its caller p50 / p99 µs",
            "ours: CPU µs a fragment",
            "ours: fragments/s a core",
            "ours: a step holds its caller p50 / p99 µs",
            "ours: submit → task p50 ms");
    try (var pipeline = BenchmarkPipeline.start(Setup.SMALL)) {
      ours(pipeline, 200, new Histogram(LONGEST_STEP_NANOS, 3));
      theirs(200, new Histogram(LONGEST_STEP_NANOS, 3));
      for (int length : lengths) {
        var theirSteps = new Histogram(LONGEST_STEP_NANOS, 3);
        var ourSteps = new Histogram(LONGEST_STEP_NANOS, 3);
        double theirs = theirs(length, theirSteps);
        double[] ours = ours(pipeline, length, ourSteps);
        table.row(
            Integer.toString(length),
            "%.1f".formatted(theirs),
            "%.0f".formatted(1e6 / theirs),
            micros(theirSteps),
            "%.0f".formatted(ours[0]),
            "%.0f".formatted(1e6 / ours[0]),
            micros(ourSteps),
            "%.1f".formatted(ours[1]));
      }
    }
    report.table(table);
    report.line(
        "Theirs is our own small program after the paper's description, in Java, in memory, for one user: it"
            + " loses everything when it ends. Ours is the whole chain with broker, clients and RocksDB, at "
            + RATE
            + " fragments a second of "
            + SESSIONS
            + " users; the model costs nothing in both, so nobody waits for the lock of theirs. A step is one key: theirs is done when"
            + " its caller goes on, ours is on its way to the log then. µs a fragment: theirs wall time of one thread, ours processor"
            + " time of all threads.");
    var speeds =
        new HumanSpeeds(people, Duration.ofMillis(modelMillis), Duration.ofSeconds(seconds));
    report.line("");
    report.line("While people type, and a call of the model takes " + modelMillis + " ms:");
    report.line("");
    report.table(speeds.table(typedLengths, keys));
    report.line(
        people
            + " people, a key a fragment, who submit once each, at all places of a sentence. Theirs: a program for each of them, all in"
            + " this JVM. Each key hands the whole text to an event of its own, which takes the program's one lock for as long as it is"
            + " handled: the key that ends a sentence is held for the call to the model, keys and the submit behind it until the call is"
            + " over. A text field that shows letters by itself, as a browser's, shows them meanwhile; what waits is everything else."
            + " Ours: one pipeline for all of them. A key is held until it is on its way to the log, whatever is called meanwhile; a"
            + " submit cancels the inference that still runs, and the worker calls for the answer. Both from when the key was due. The"
            + " calls are those of both kinds in that time.");
    publishing.publish(report);
    return 0;
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String micros(Histogram steps) {
    return "%.1f / %.1f"
        .formatted(steps.getValueAtPercentile(50) / 1e3, steps.getValueAtPercentile(99) / 1e3);
  }

  /** Microseconds of a key in a prompt of this length. */
  private static double theirs(int length, Histogram steps) {
    var design = new OneProcessDesign(() -> {});
    var text = new StringBuilder();
    while (text.length() < length) text.append(HumanPace.SENTENCE);
    int sink = design.typed(text.toString());
    long begun = System.nanoTime();
    long nanos = 0;
    int keys = 0;
    while (nanos < 2_000_000_000L) {
      text.append(WORDS[keys % WORDS.length]);
      long pressed = System.nanoTime();
      sink += design.typed(text.toString());
      steps.recordValue(Math.min(LONGEST_STEP_NANOS, System.nanoTime() - pressed));
      keys++;
      nanos = System.nanoTime() - begun;
      if (text.length() > length + Math.max(1_000, length / 10)) text.setLength(length);
    }
    if (sink < 0) throw new IllegalStateException("a prompt had a negative length");
    return nanos / 1e3 / keys;
  }

  /** Processor time of a fragment in microseconds; submit → task at a worker at p50 in ms. */
  private static double[] ours(BenchmarkPipeline pipeline, int length, Histogram steps)
      throws InterruptedException {
    try (var prompts =
        new LongPrompts(
            pipeline.kafka(),
            pipeline.topics().fragments(),
            pipeline.clock(),
            SESSIONS,
            length,
            Mode.CONVENTIONAL)) {
      OpenLoop.run(RATE, Duration.ofSeconds(2), prompts::type);
      long cpu = ProcessCpu.nanos();
      OpenLoop.run(
          RATE,
          LOAD,
          due -> {
            long pressed = System.nanoTime();
            prompts.type(due);
            steps.recordValue(Math.min(LONGEST_STEP_NANOS, System.nanoTime() - pressed));
          });
      double micros = (ProcessCpu.nanos() - cpu) / 1e3 / (RATE * LOAD.toSeconds());
      pipeline.clock().take();
      prompts.submitAll();
      pipeline.awaitAnswers(LONGEST_TAIL);
      var called = pipeline.clock().take().sinceSubmit().get(Place.MODEL_CALLED);
      return new double[] {micros, called == null ? 0 : called.getValueAtPercentile(50) / 1e6};
    }
  }
}
