package io.livemind.benchmarks.fanout;

import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.TimerWatch;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.gateway.handle.Handle;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Very many readers at few gateways: the memory they take, and how late the answers are. */
@Command(
    name = "fan-out",
    description = {
      "Memory of gateways with many open streams, and the delay from topic to socket.",
      "Gateways and their clients' processes need more open files than they have",
      "connections: ulimit -n 65536, or more gateways."
    })
public final class FanOutBenchmark implements Callable<Integer> {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  @Option(
      names = "--gateways",
      defaultValue = "1",
      description = "1 or 2, among which the clients are shared out. Default: ${DEFAULT-VALUE}.")
  private int gateways = 1;

  @Option(
      names = "--streams",
      defaultValue = "10000",
      description = "Event streams. Default: ${DEFAULT-VALUE}.")
  private int streams = 10_000;

  @Option(
      names = "--sockets",
      defaultValue = "10000",
      description = "WebSockets. Default: ${DEFAULT-VALUE}.")
  private int sockets = 10_000;

  @Option(
      names = "--answers",
      defaultValue = "2000",
      description = "Of these, how many get an answer at a time. Default: ${DEFAULT-VALUE}.")
  private int answering = 2_000;

  @Option(
      names = "--deltas",
      defaultValue = "20",
      description = "A second and answer. Default: ${DEFAULT-VALUE}.")
  private int deltas = 20;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Measured. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--warm-up-seconds",
      defaultValue = "30",
      description = "At the same load, before. Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds = 30;

  @Option(
      names = "--workers",
      defaultValue = "4",
      description = {
        "Workers that write the answers: each one what its models have said, every 25 ms.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int workers = 4;

  @Option(
      names = "--heap",
      defaultValue = "768m",
      description = "Of a gateway, 60 %% of its memory. Default: ${DEFAULT-VALUE}.")
  private String heap = "768m";

  @Mixin private Publishing publishing = new Publishing();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (gateways < 1 || gateways > Crowds.MOST_GATEWAYS)
      throw new ParameterException(
          spec.commandLine(), "--gateways must be 1 or " + Crowds.MOST_GATEWAYS);
    var report =
        new Report(
            "fan-out",
            "Many readers at few gateways",
            "benchmarks/run fan-out --gateways %d --streams %d --sockets %d --answers %d --deltas %d --workers %d --heap %s"
                .formatted(gateways, streams, sockets, answering, deltas, workers, heap));
    var topics = new Topics(Topics.DEFAULT_PREFIX);
    try (var broker = EmbeddedBroker.start()) {
      createTopics(broker, topics);
      try (var crowds = Crowds.start(gateways, heap, broker.bootstrapServers());
          var watch = TimerWatch.start()) {
        double empty = crowds.residentMegabytes();
        List<Handle> readers = crowds.open(streams, sockets);
        Thread.sleep(SETTLE);
        double idle = crowds.residentMegabytes();
        List<Handle> answered = spread(readers, answering);
        try (var speakers =
            new Speakers(kafka(broker), topics.answers(), answered, workers, deltas)) {
          speakers.speak(Duration.ofSeconds(warmUpSeconds));
          Thread.sleep(SETTLE);
          Histogram ignored = crowds.takeDelays();
          Duration late = watch.takeLateness();
          Duration before = crowds.cpu();
          long said = speakers.speak(Duration.ofSeconds(seconds));
          Duration cpu = crowds.cpu().minus(before);
          Thread.sleep(SETTLE);
          tell(report, empty, idle, crowds.residentMegabytes(), said, cpu, crowds.takeDelays());
          report.line(
              "A thread that wants to run each millisecond was late at p99 by "
                  + watch.takeLateness().toMillis()
                  + " ms (before: "
                  + late.toMillis()
                  + " ms).");
        }
      }
    }
    publishing.publish(report);
    return 0;
  }

  private void tell(
      Report report,
      double empty,
      double idle,
      double busy,
      long said,
      Duration cpu,
      Histogram delay) {
    report.table(
        new Table("open", "resident memory of gateways: " + gateways + ", together, MB")
            .row("none", megabytes(empty))
            .row(streams + " event streams, " + sockets + " WebSockets, idle", megabytes(idle))
            .row("the same after " + answering + " answers", megabytes(busy)));
    report.table(
        new Table(
                "answers × deltas/s",
                "arrived",
                "p50 ms",
                "p99 ms",
                "max ms",
                "gateways' CPU µs a delta")
            .row(
                answering + " × " + deltas,
                "%d of %d".formatted(delay.getTotalCount(), said),
                millis(delay.getValueAtPercentile(50)),
                millis(delay.getValueAtPercentile(99)),
                millis(delay.getMaxValue()),
                "%.1f".formatted(cpu.toNanos() / 1e3 / said)));
    report.line(
        "Delay: from the moment at which a worker was due to write a delta to the topic to its arrival"
            + " at the client; broker, gateway, "
            + workers
            + " producers as those of workers (each writes every "
            + Speakers.TICK.toMillis()
            + " ms, one after the other) and clients share the machine.");
  }

  private static List<Handle> spread(List<Handle> readers, int count) {
    var chosen = new ArrayList<Handle>();
    for (int i = 0; i < Math.min(count, readers.size()); i++)
      chosen.add(readers.get((int) ((long) i * readers.size() / count)));
    return chosen;
  }

  private static void createTopics(EmbeddedBroker broker, Topics topics)
      throws InterruptedException {
    try (Admin admin = Admin.create(kafka(broker))) {
      new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);
    }
  }

  private static Map<String, Object> kafka(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static String megabytes(double megabytes) {
    return "%.0f".formatted(megabytes);
  }

  private static String millis(long nanos) {
    return "%.1f".formatted(nanos / 1e6);
  }
}
