package io.livemind.integration;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.replay.play.KafkaAnswers;
import io.livemind.replay.play.KafkaFragments;
import io.livemind.replay.play.Observer;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayClock;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.Player;
import io.livemind.replay.play.PlayerConfig;
import io.livemind.schemas.Topics;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.WorkerApp;
import io.livemind.workers.WorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Broker, topics, topology and simulator in this JVM; the workers are the test's. */
final class TestPipeline implements AutoCloseable {
  static final String APPLICATION = "test";
  static final String MODEL = "test-model";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** An answer takes about a second. */
  private static final LatencyModel USUAL = new LatencyModel(0.05, 0, 0.01);

  private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
  private final Map<String, Object> kafka;
  private final Simulator simulator;

  private TestPipeline(Map<String, Object> kafka, Simulator simulator) {
    this.kafka = kafka;
    this.simulator = simulator;
  }

  static TestPipeline start(Path stateDirectory) {
    return start(stateDirectory, USUAL);
  }

  static TestPipeline start(Path stateDirectory, LatencyModel latency) {
    TestPipeline pipeline = startWithoutTopology(TopicLayout.EMBEDDED.sessions(), latency);
    var config =
        TopologyConfig.defaults(APPLICATION, pipeline.kafka, stateDirectory)
            .embedded(StoreConfig.Kind.ROCKSDB);
    pipeline.opened.push(TopologyApp.start(config, pipeline.topics));
    return pipeline;
  }

  /** Topology instances are the test's, too. */
  static TestPipeline startWithoutTopology(int sessionPartitions) {
    return startWithoutTopology(sessionPartitions, USUAL);
  }

  private static TestPipeline startWithoutTopology(int sessionPartitions, LatencyModel latency) {
    EmbeddedBroker broker = EmbeddedBroker.start();
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    var profile = ModelProfile.of(MODEL, latency);
    var simulator = Simulator.start(SimulatorConfig.of(Map.of(MODEL, profile)));
    var pipeline = new TestPipeline(kafka, simulator);
    pipeline.opened.push(broker);
    pipeline.opened.push(simulator);
    var layout = new TopicLayout(sessionPartitions, 1, 2, (short) 1);
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, layout).ensure(pipeline.topics);
    }
    return pipeline;
  }

  Topics topics() {
    return topics;
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  Simulator simulator() {
    return simulator;
  }

  /** A worker in this JVM, which ends with the pipeline. */
  void startWorker() {
    var worker = WorkerMain.config("here", kafka, simulator.baseUrl(), MODEL);
    opened.push(WorkerApp.start(worker, topics));
  }

  /** A worker in this JVM with these replicas for every model, which ends with the pipeline. */
  void startWorker(List<ReplicaConfig> replicas) {
    var model = new ModelConfig(replicas);
    int places = replicas.stream().mapToInt(replica -> replica.limits().places()).sum();
    var config =
        WorkerConfig.defaults(
            "here", kafka, APPLICATION, Map.of("large", model, "small", model), places);
    opened.push(WorkerApp.start(config, topics));
  }

  /** A worker in a process of its own, which has not begun. */
  ChildProcess prepareWorker(String id) {
    String brokers = String.valueOf(kafka.get("bootstrap.servers"));
    return ChildProcess.prepare(
        WorkerMain.class, id, brokers, simulator.baseUrl().toString(), MODEL);
  }

  /**
   * A topology instance in a process of its own, which has not begun.
   *
   * @param cut where it halts, see {@link CutPoint}; {@code -}: nowhere
   */
  ChildProcess prepareTopology(Path state, boolean exactlyOnce, String cut) {
    String brokers = String.valueOf(kafka.get("bootstrap.servers"));
    return ChildProcess.prepare(
        TopologyMain.class, brokers, state.toString(), Boolean.toString(exactlyOnce), cut);
  }

  /** Types the sessions at recorded speed and returns when they have ended. */
  PlayResult play(List<Play> plays) throws InterruptedException {
    plays.forEach(play -> simulator.register(play.sessionId(), Sessions.served(play)));
    try (var fragments = new KafkaFragments(kafka, topics);
        var answers = new KafkaAnswers(kafka, topics)) {
      var config = new PlayerConfig(1, Duration.ofSeconds(150));
      return new Player(config, fragments, answers, PlayClock.system()).play(plays, Observer.NONE);
    }
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
