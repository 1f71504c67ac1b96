package io.livemind.benchmarks.roles;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessUsage;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.pipeline.AnswerReader;
import io.livemind.benchmarks.pipeline.TurnClock;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.TurnClock.Times;
import io.livemind.benchmarks.pipeline.Typists;
import io.livemind.schemas.avro.SessionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each role holds in memory, and uses of the processor, while people type. */
@Command(
    name = "at-work",
    description = "Memory and processor of each role as a process of its own, while people type.")
public final class AtWorkBenchmark implements Callable<Integer> {
  private static final int FRAGMENTS_PER_TURN = 20;

  @Mixin private Publishing publishing = new Publishing();

  @Option(
      names = "--people",
      defaultValue = "100",
      description = "Who type, a fragment a second each. Default: ${DEFAULT-VALUE}.")
  private int people = 100;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "How long, after a warm-up of half of that. Default: ${DEFAULT-VALUE}.")
  private int seconds = 120;

  @Mixin private JavaOptions javaOptions = new JavaOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var report =
        new Report(
            "at-work",
            "What each role holds and uses while people type",
            "benchmarks/run at-work --people %d --seconds %d".formatted(people, seconds)
                + javaOptions.argument());
    var clock = new TurnClock();
    try (var deployment = Deployment.start(javaOptions.text());
        var answers = AnswerReader.start(deployment.kafka(), Deployment.TOPICS.answers(), clock);
        var typists = typists(deployment, clock)) {
      OpenLoop.run(people, Duration.ofSeconds(seconds / 2), typists::type);
      clock.take();
      Map<String, Duration> before = cpu(deployment);
      var saidBefore = RoleMetrics.at(deployment.workerAdminPort());
      OpenLoop.run(people, Duration.ofSeconds(seconds), typists::type);
      report.table(table(deployment, before));
      report.line(said(saidBefore, RoleMetrics.at(deployment.workerAdminPort())));
      report.line(answered(clock.take()));
      report.line(
          "Failed turns: %d, rejected fragments: %d. A fragment in %d is a submit; the models are simulated, the"
              .formatted(clock.failures(), answers.rejected(), FRAGMENTS_PER_TURN));
      report.line("gateway reads what is answered, but nobody is connected to it.");
    }
    publishing.publish(report);
    return 0;
  }

  private Typists typists(Deployment deployment, TurnClock clock) {
    return new Typists(
        deployment.kafka(),
        Deployment.TOPICS.fragments(),
        clock,
        people,
        FRAGMENTS_PER_TURN,
        Deployment.ADDRESSED_PARTITIONS,
        SessionOptions.newBuilder().build());
  }

  private static Map<String, Duration> cpu(Deployment deployment) {
    Map<String, Duration> used = new HashMap<>();
    deployment.roles().forEach(role -> used.put(role.name(), role.usage().cpu()));
    return used;
  }

  private Table table(Deployment deployment, Map<String, Duration> before) {
    var table =
        new Table(
            "role", "in memory, MB", "of it pages of files, MB", "cores", "CPU µs a fragment");
    for (RoleProcess role : deployment.roles()) {
      ProcessUsage usage = role.usage();
      double cores =
          usage.cpu().minus(before.getOrDefault(role.name(), Duration.ZERO)).toMillis()
              / 1e3
              / seconds;
      table.row(
          role.name(),
          "%.0f".formatted(usage.residentMegabytes()),
          "%.0f".formatted(usage.fileMegabytes()),
          "%.3f".formatted(cores),
          "%.0f".formatted(cores / people * 1e6));
    }
    return table;
  }

  private String said(RoleMetrics before, RoleMetrics after) {
    String calls = "livemind_worker_first_token_seconds_count";
    String tokens = "livemind_worker_tokens_total";
    String completion = "type=\"completion\"";
    return "The worker made %.1f calls a second, whose models said %.0f tokens a second."
        .formatted(
            (after.sum(calls, "") - before.sum(calls, "")) / seconds,
            (after.sum(tokens, completion) - before.sum(tokens, completion)) / seconds);
  }

  private String answered(Times times) {
    var firstWords = times.sinceSubmit().get(Place.FIRST_DELTA);
    var whole = times.sinceSubmit().get(Place.COMPLETED);
    if (firstWords == null || whole == null) return "Nothing was answered.";
    return "%d fragments and %.1f answers a second, submit to first words p50 / p99 %.0f / %.0f ms."
        .formatted(
            people,
            whole.getTotalCount() / (double) seconds,
            firstWords.getValueAtPercentile(50) / 1e6,
            firstWords.getValueAtPercentile(99) / 1e6);
  }
}
