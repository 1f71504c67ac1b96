package io.livemind.benchmarks.pipeline;

import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.ScratchDirectory;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Message;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.topology.TopologyMetric;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker, topics, topology with RocksDB, and workers in this JVM, around a model that costs
 * nothing.
 */
public final class BenchmarkPipeline implements AutoCloseable {
  private static final String APPLICATION = "benchmark";

  /** Of a partition; benchmarks look for the machine's limit, not for ours. */
  private static final int MOST_SESSIONS = 2_000_000;

  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
  private final TurnClock clock = new TurnClock();
  private final LongAdder modelCalls = new LongAdder();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Map<String, Object> kafka;
  private final AnswerReader answers;
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Path stateDirectory;
  private final Path logDirectory;
  private final Setup setup;

  private BenchmarkPipeline(Setup setup) {
    this.setup = setup;
    var state = ScratchDirectory.create();
    opened.push(state);
    stateDirectory = state.path();
    var retention = new Retention(setup.keeping());
    EmbeddedBroker broker = EmbeddedBroker.start(retention.broker());
    opened.push(broker);
    logDirectory = broker.directory();
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, setup.layout()).ensure(topics);
      retention.apply(admin, topics);
    }
    // Whatever is counted costs what is measured; this one is only looked at.
    registry
        .config()
        .meterFilter(
            MeterFilter.denyUnless(
                id -> id.getName().equals(TopologyMetric.SESSIONS.metricName())));
    for (int i = 0; i < setup.topologies(); i++) {
      opened.push(
          TopologyApp.start(topology(stateDirectory.resolve("state-" + i)), topics, registry));
    }
    for (int i = 0; i < setup.workers(); i++) {
      opened.push(
          WorkerApp.start(
              worker(i), topics, _ -> new InstantModel(clock, setup.modelDelay(), modelCalls)));
    }
    answers = AnswerReader.start(kafka, topics.answers(), clock);
    opened.push(answers);
  }

  /** Starts everything. */
  public static BenchmarkPipeline start(Setup setup) {
    return new BenchmarkPipeline(setup);
  }

  private TopologyConfig topology(Path directory) {
    return TopologyConfig.defaults(APPLICATION, kafka, directory)
        .embedded(StoreConfig.Kind.ROCKSDB)
        .withStreamThreads(setup.streamThreads())
        .storing(
            store ->
                store
                    .holding(MOST_SESSIONS)
                    .expiring(setup.sessionExpiry())
                    .remembering(setup.keeping()))
        .rendering(this::rendered);
  }

  private WorkerConfig worker(int number) {
    int places = setup.places();
    var replica =
        ReplicaConfig.openAi(
            URI.create("http://127.0.0.1:1/v1"), "instant", Optional.empty(), places);
    var models = new ModelConfig(List.of(replica));
    return WorkerConfig.defaults(
        "benchmark-" + number,
        kafka,
        APPLICATION,
        Map.of("large", models, "small", models),
        places);
  }

  /** Called by the topology as a task is about to leave it. */
  private List<Message> rendered(List<Message> messages) {
    if (messages.size() > 1) {
      clock.passed(Typists.sessionOf(messages.get(1).getContent()), Place.TASK_RENDERED);
    }
    return messages;
  }

  /** Connection settings of the broker. */
  public Map<String, Object> kafka() {
    return kafka;
  }

  public Topics topics() {
    return topics;
  }

  /** When turns pass which place. */
  public TurnClock clock() {
    return clock;
  }

  /** Calls of both kinds so far. */
  public long modelCalls() {
    return modelCalls.sum();
  }

  /** Returns when every submitted turn has ended, or after this time. */
  public void awaitAnswers(Duration longest) throws InterruptedException {
    long begun = System.nanoTime();
    while (clock.unanswered() > 0 && System.nanoTime() - begun < longest.toNanos()) {
      Thread.sleep(5);
    }
  }

  /** Open sessions of all instances. */
  public long openSessions() {
    return registry.find(TopologyMetric.SESSIONS.metricName()).gauges().stream()
        .mapToLong(gauge -> Math.round(gauge.value()))
        .sum();
  }

  /** Where the broker keeps the topics. */
  public Path logDirectory() {
    return logDirectory;
  }

  /** Where the topology keeps RocksDB. */
  public Path stateDirectory() {
    return stateDirectory;
  }

  /** Fragments that the topology did not take. */
  public long rejected() {
    return answers.rejected();
  }

  /** How many partitions the typists spread their answers over. */
  public int answersPartitions() {
    return setup.layout().addressed();
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the pipeline does not close", e);
      }
    }
  }
}
