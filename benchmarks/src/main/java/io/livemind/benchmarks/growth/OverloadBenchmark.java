package io.livemind.benchmarks.growth;

import io.livemind.benchmarks.capacity.Load;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Three times what the models can do: a queue must not make more work of the same tasks. */
@Command(
    name = "overload",
    description = "Attempts a task, and what is answered, when more comes than the models can do.")
public final class OverloadBenchmark implements Callable<Integer> {
  private static final int PLACES = 8;
  private static final Duration MODEL = Duration.ofMillis(400);
  private static final int FRAGMENTS_PER_TURN = 20;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Length of each load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--loads",
      split = ",",
      defaultValue = "0.5,3",
      description = "Times what the models can do. Default: ${DEFAULT-VALUE}.")
  private List<Double> loads = List.of();

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "overload",
            "More than the models can do",
            "benchmarks/run overload --seconds %d --loads %s"
                .formatted(
                    seconds,
                    loads.stream().map(Object::toString).collect(Collectors.joining(","))));
    var table =
        new Table(
            "load",
            "turns submitted",
            "answered in the time",
            "attempts a task, all tasks",
            "answer tasks",
            "inference tasks",
            "submit → model called p50 / p99 s");
    double perSecond = PLACES / (MODEL.toMillis() / 1e3);
    for (double load : loads) {
      var setup = Setup.SMALL.withWorkers(1, PLACES, MODEL);
      try (var pipeline = BenchmarkPipeline.start(setup)) {
        double turns = load * perSecond;
        double rate = turns * FRAGMENTS_PER_TURN;
        try (var typists = Load.typists(pipeline, (int) Math.ceil(rate))) {
          Load result = Load.run(pipeline, typists, rate, Duration.ofSeconds(seconds));
          long submitted = typists.submits();
          var completed = result.times().sinceSubmit().get(Place.COMPLETED);
          var answers = Attempts.in(pipeline.kafka(), pipeline.topics().answerTasks());
          var inferences = Attempts.in(pipeline.kafka(), pipeline.topics().inferenceTasks());
          table.row(
              "%.1f ×".formatted(load),
              Long.toString(submitted),
              Long.toString(completed == null ? 0 : completed.getTotalCount()),
              answers.and(inferences).text(),
              answers.text(),
              inferences.text(),
              "%.2f / %.2f"
                  .formatted(
                      result.millis(Place.MODEL_CALLED, 50) / 1e3,
                      result.millis(Place.MODEL_CALLED, 99) / 1e3));
        }
      }
    }
    report.table(table);
    report.line(
        "%d places, %d ms a call: %.0f calls a second; half a minute is given to answer what waits."
            .formatted(PLACES, MODEL.toMillis(), perSecond));
    report.line(
        "An attempt is a record on a topic of tasks. What was wanted: at most 1.05 attempts a task at three"
            + " times the load for a minute.");
    publishing.publish(report);
    return 0;
  }
}
