package io.livemind.benchmarks.fanout;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import io.livemind.benchmarks.harness.TimerWatch;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.HandleKey;
import io.livemind.gateway.handle.Handles;
import io.livemind.gateway.handle.Signature;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Very many readers at one gateway: the memory they take, and how late the answers are. */
@Command(
    name = "fan-out",
    description = {
      "Memory of a gateway with many open streams, and the delay from topic to socket.",
      "Needs an open-files limit above the number of connections: ulimit -n 65536."
    })
public final class FanOutBenchmark implements Callable<Integer> {
  private static final String KEY = "cd".repeat(32);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** Text that the models write in so long is one delta, see the workers' delta interval. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

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
      names = "--heap",
      defaultValue = "700m",
      description = "Of the gateway. Default: ${DEFAULT-VALUE}.")
  private String heap = "700m";

  @Mixin private Publishing publishing = new Publishing();

  @Override
  public Integer call() throws InterruptedException {
    var report =
        new Report(
            "fan-out",
            "Many readers at one gateway",
            "benchmarks/run fan-out --streams %d --sockets %d --answers %d --deltas %d --heap %s"
                .formatted(streams, sockets, answering, deltas, heap));
    var topics = new Topics(Topics.DEFAULT_PREFIX);
    var handles = new Handles(new Signature(List.of(HandleKey.ofHex(KEY))));
    var delays = new Recorder(3);
    try (var broker = EmbeddedBroker.start()) {
      int partitions = createTopics(broker, topics);
      try (var gateway = GatewayProcess.start(heap, broker.bootstrapServers(), KEY);
          var crowd = new Crowd(gateway.port(), handles, delays);
          var watch = TimerWatch.start()) {
        long empty = gateway.residentBytes();
        List<Handle> readers = new ArrayList<>(crowd.open(streams, partitions, false));
        readers.addAll(crowd.open(sockets, partitions, true));
        Thread.sleep(SETTLE);
        long idle = gateway.residentBytes();
        List<Handle> answered = spread(readers, answering);
        try (var producer = producer(broker, topics)) {
          speak(producer, topics.answers(), answered, WARM_UP);
          Histogram ignored = delays.getIntervalHistogram();
          Duration late = watch.takeLateness();
          speak(producer, topics.answers(), answered, Duration.ofSeconds(seconds));
          Thread.sleep(SETTLE);
          tell(report, empty, idle, gateway.residentBytes(), delays.getIntervalHistogram());
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

  private void tell(Report report, long empty, long idle, long busy, Histogram delay) {
    report.table(
        new Table("open", "gateway's resident memory, MB")
            .row("none", megabytes(empty))
            .row(streams + " event streams, " + sockets + " WebSockets, idle", megabytes(idle))
            .row("the same after " + answering + " answers", megabytes(busy)));
    report.table(
        new Table("answers × deltas/s", "arrived", "p50 ms", "p99 ms", "max ms")
            .row(
                answering + " × " + deltas,
                "%d of %d".formatted(delay.getTotalCount(), (long) answering * deltas * seconds),
                millis(delay.getValueAtPercentile(50)),
                millis(delay.getValueAtPercentile(99)),
                millis(delay.getMaxValue())));
    report.line(
        "Delay: from the moment at which a delta was due to be written to the topic to its arrival"
            + " at the client; broker, gateway, producer and clients share the machine.");
  }

  private static List<Handle> spread(List<Handle> readers, int count) {
    var chosen = new ArrayList<Handle>();
    for (int i = 0; i < Math.min(count, readers.size()); i++)
      chosen.add(readers.get((int) ((long) i * readers.size() / count)));
    return chosen;
  }

  private final int[] said = new int[1];

  private void speak(
      KafkaProducer<String, AnswerEvent> producer,
      Topic<String, AnswerEvent> topic,
      List<Handle> sessions,
      Duration duration)
      throws InterruptedException {
    OpenLoop.run(
        (double) sessions.size() * deltas,
        duration,
        due -> {
          int number = said[0]++;
          Handle session = sessions.get(number % sessions.size());
          var delta = new Delta(1, "execution", number / sessions.size(), Crowd.stamped(due));
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      topic.name(),
                      session.answersPartition(),
                      session.session(),
                      new AnswerEvent(0, System.currentTimeMillis(), delta)));
        });
    producer.flush();
  }

  private static int createTopics(EmbeddedBroker broker, Topics topics)
      throws InterruptedException {
    try (Admin admin = Admin.create(kafka(broker))) {
      new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);
    }
    return TopicLayout.EMBEDDED.addressed();
  }

  private static KafkaProducer<String, AnswerEvent> producer(EmbeddedBroker broker, Topics topics) {
    var settings = new HashMap<String, Object>(kafka(broker));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    return new KafkaProducer<>(
        settings, topics.answers().key().serializer(), topics.answers().value().serializer());
  }

  private static Map<String, Object> kafka(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static String megabytes(long bytes) {
    return Long.toString(bytes / 1_000_000);
  }

  private static String millis(long nanos) {
    return "%.1f".formatted(nanos / 1e6);
  }
}
