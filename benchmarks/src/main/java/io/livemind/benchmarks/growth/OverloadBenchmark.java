package io.livemind.benchmarks.growth;

import io.livemind.benchmarks.capacity.Load;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.BenchmarkPipeline;
import io.livemind.benchmarks.pipeline.Setup;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
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
    var report = new Report("overload", "More than the models can do", "benchmarks/run overload");
    var table =
        new Table(
            "load",
            "turns submitted",
            "answered in the time",
            "attempts an answer task",
            "inference calls a turn",
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
          long answers = written(pipeline, pipeline.topics().answerTasks().name());
          long inferences = written(pipeline, pipeline.topics().inferenceTasks().name());
          table.row(
              "%.1f ×".formatted(load),
              Long.toString(submitted),
              Long.toString(completed == null ? 0 : completed.getTotalCount()),
              "%.3f".formatted(answers / (double) submitted),
              "%.2f".formatted(inferences / (double) submitted),
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
    publishing.publish(report);
    return 0;
  }

  /** Records that a topic has had so far. */
  private static long written(BenchmarkPipeline pipeline, String topic)
      throws InterruptedException {
    try (Admin admin = Admin.create(pipeline.kafka())) {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .values()
          .forEach(
              description ->
                  description
                      .partitions()
                      .forEach(
                          partition ->
                              ends.put(
                                  new TopicPartition(topic, partition.partition()),
                                  OffsetSpec.latest())));
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of " + topic + " cannot be looked up", e);
    }
  }
}
