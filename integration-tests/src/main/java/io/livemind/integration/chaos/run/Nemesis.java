package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.Recorder;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.integration.chaos.process.TcpProxy;
import io.livemind.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Does harm, at moments that the seed chooses, and takes it back.
 *
 * <p>Threading: one thread.
 */
final class Nemesis {
  private static final byte[] GARBAGE = "no record".getBytes(StandardCharsets.UTF_8);

  /** People begin within three seconds, type for two, and are answered for two. */
  private static final int EARLIEST_MILLIS = 500;

  private static final int LATEST_MILLIS = 4_500;

  /** Some have submitted by now, and others come later: the two are compared. */
  private static final Duration AMONG_PEOPLE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Recorder recorder;
  private final Random random;

  Nemesis(Cluster cluster, Recorder recorder, long seed) {
    this.cluster = cluster;
    this.recorder = recorder;
    this.random = new Random(seed);
  }

  /** Does nothing: the faults are the model's or the clients'. */
  void rest() {}

  /** Twice one of the workers; another process takes its place. */
  void killWorkers() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      int victim = random.nextInt(cluster.workers().size());
      RoleProcess next = cluster.prepareWorker(victim);
      pause();
      cluster.workers().get(victim).kill();
      struck("kill", "worker");
      cluster.workers().set(victim, next.begin());
      next.awaitReady();
      healed("kill", "worker");
    }
  }

  /** All workers at once; others take their places. */
  void killAllWorkers() throws InterruptedException {
    List<RoleProcess> next =
        IntStream.range(0, cluster.workers().size()).mapToObj(cluster::prepareWorker).toList();
    pause();
    cluster.workers().forEach(RoleProcess::kill);
    struck("kill", "all-workers");
    for (int i = 0; i < next.size(); i++) cluster.workers().set(i, next.get(i).begin());
    next.forEach(RoleProcess::awaitReady);
    healed("kill", "all-workers");
  }

  /**
   * Each broker in turn; it is away for some seconds, and the next one is not hit before it is
   * back. Nobody can go on without the only one.
   */
  void killBrokers() throws InterruptedException {
    var brokers = cluster.brokers();
    String target = brokers.processes().size() == 1 ? "only-broker" : "broker";
    for (int victim = 0; victim < brokers.processes().size(); victim++) {
      RoleProcess next = brokers.prepare(victim);
      pause();
      brokers.processes().get(victim).kill();
      struck("kill", target);
      pause();
      brokers.processes().set(victim, next.begin());
      next.awaitReady();
      healed("kill", target);
      pause();
    }
  }

  /** A gateway with open streams; it comes back later on the same port. */
  void killGateway() throws InterruptedException {
    int victim = random.nextInt(cluster.gateways().size());
    RoleProcess next = cluster.prepareGateway(victim);
    pause();
    cluster.gateways().get(victim).kill();
    struck("kill", "gateway");
    cluster.gateways().set(victim, next.begin());
    next.awaitReady();
    healed("kill", "gateway");
  }

  /** One instance, whose next process finds the state, or none. */
  void killTopology() throws InterruptedException {
    int victim = random.nextInt(cluster.topologies().size());
    boolean wiped = random.nextBoolean();
    Path directory = wiped ? cluster.newState() : cluster.state(victim);
    RoleProcess next = cluster.prepareTopology(victim, directory);
    pause();
    cluster.topologies().get(victim).kill();
    struck("kill", "topology");
    cluster.replaceState(victim, directory);
    replaceTopology(victim, next);
    healed("kill", "topology");
  }

  /** One instance, whose next process finds a state that cannot be read. */
  void damageState() throws InterruptedException {
    int victim = random.nextInt(cluster.topologies().size());
    RoleProcess next = cluster.prepareTopology(victim, cluster.state(victim));
    pause();
    cluster.topologies().get(victim).kill();
    struck("damage", "topology");
    StateDamage.in(cluster.state(victim));
    replaceTopology(victim, next);
    healed("damage", "topology");
  }

  /** An instance stands still for longer than its session, and ends itself when it wakes. */
  void freezeTopology(Duration away) throws InterruptedException {
    int victim = random.nextInt(cluster.topologies().size());
    RoleProcess next = cluster.prepareTopology(victim, cluster.state(victim));
    pause();
    RoleProcess frozen = cluster.topologies().get(victim);
    frozen.freeze();
    struck("freeze", "topology");
    Thread.sleep(away);
    frozen.thaw();
    frozen.awaitEnd();
    replaceTopology(victim, next);
    healed("freeze", "topology");
  }

  private void replaceTopology(int victim, RoleProcess next) {
    cluster.topologies().set(victim, next.begin());
    next.awaitReady();
  }

  /** Each process of each role is asked to stop, and another takes its place. */
  void restartAll() throws InterruptedException {
    for (int i = 0; i < cluster.topologies().size(); i++) {
      RoleProcess next = cluster.prepareTopology(i, cluster.state(i));
      cluster.topologies().get(i).stop();
      struck("restart", "topology");
      replaceTopology(i, next);
    }
    for (int i = 0; i < cluster.workers().size(); i++) {
      RoleProcess next = cluster.prepareWorker(i);
      cluster.workers().get(i).stop();
      struck("restart", "worker");
      cluster.workers().set(i, next.begin());
      next.awaitReady();
    }
    for (int i = 0; i < cluster.gateways().size(); i++) {
      RoleProcess next = cluster.prepareGateway(i);
      cluster.gateways().get(i).stop();
      struck("restart", "gateway");
      cluster.gateways().set(i, next.begin());
      next.awaitReady();
    }
  }

  /** Workers and topology instances come, and then more of them go. */
  void scale() throws InterruptedException {
    List<RoleProcess> workers = IntStream.range(2, 5).mapToObj(cluster::prepareWorker).toList();
    RoleProcess topology = cluster.prepareTopology(2, cluster.newState());
    pause();
    workers.forEach(RoleProcess::begin);
    topology.begin();
    struck("scale", "out");
    workers.forEach(RoleProcess::awaitReady);
    topology.awaitReady();
    pause();
    struck("scale", "in");
    RoleProcess first = cluster.prepareTopology(0, cluster.state(0));
    RoleProcess second = cluster.prepareTopology(1, cluster.state(1));
    workers.forEach(RoleProcess::stop);
    cluster.topologies().forEach(RoleProcess::stop);
    pause();
    replaceTopology(0, first);
    replaceTopology(1, second);
    topology.stop();
  }

  /** The second instance of each role cannot reach the brokers, first both ways, then one way. */
  void cutBrokers(Duration away) throws InterruptedException {
    for (var fault : List.of(TcpProxy.Fault.CUT, TcpProxy.Fault.LOSE_REPLIES)) {
      pause();
      cluster.brokers().setCables(fault);
      struck(fault.name(), "brokers");
      Thread.sleep(away);
      cluster.brokers().setCables(TcpProxy.Fault.NONE);
      healed(fault.name(), "brokers");
    }
  }

  /** A worker is longer away than its leases, and knows nothing of it. */
  void freezeWorker(Duration away) throws InterruptedException {
    pause();
    RoleProcess victim = cluster.workers().get(random.nextInt(cluster.workers().size()));
    victim.freeze();
    struck("freeze", "worker");
    Thread.sleep(away);
    victim.thaw();
    healed("freeze", "worker");
  }

  /** The cable to the models has each of these faults for so long. */
  void cutModels(Duration away, TcpProxy.Fault... faults) throws InterruptedException {
    for (TcpProxy.Fault fault : faults) {
      pause();
      cluster.models().set(fault);
      struck(fault.name(), "worker-model");
      Thread.sleep(away);
      cluster.models().set(TcpProxy.Fault.NONE);
      healed(fault.name(), "worker-model");
    }
  }

  /** A record that is none into each partition of what topology and workers read. */
  void poison() throws InterruptedException {
    Thread.sleep(AMONG_PEOPLE);
    var topics = cluster.topics();
    List<Topic<?, ?>> poisoned =
        List.of(
            topics.fragments(),
            topics.inferenceTasks(),
            topics.answerTasks(),
            topics.inferenceResults(),
            topics.workerControl());
    try (var producer =
        new KafkaProducer<>(
            cluster.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Topic<?, ?> topic : poisoned) {
        producer
            .partitionsFor(topic.name())
            .forEach(
                partition -> {
                  var unused =
                      producer.send(
                          new ProducerRecord<>(
                              topic.name(), partition.partition(), GARBAGE, GARBAGE));
                });
      }
    }
    struck("poison", "topics");
  }

  private void pause() throws InterruptedException {
    Thread.sleep(EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS));
  }

  private void struck(String fault, String target) {
    recorder.add(new Event.Struck(recorder.now(), fault, target));
  }

  private void healed(String fault, String target) {
    recorder.add(new Event.Healed(recorder.now(), fault, target));
  }
}
