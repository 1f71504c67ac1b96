package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.Recorder;
import io.livemind.integration.chaos.process.Brokers;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.integration.chaos.process.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Does harm, at moments that the seed chooses, and takes it back.
 *
 * <p>Threading: one thread; people wait for it on theirs.
 */
final class Nemesis {
  /** People begin within three seconds, type for two, and are answered for two. */
  private static final int EARLIEST_MILLIS = 500;

  private static final int LATEST_MILLIS = 4_500;

  private static final String DAMAGE = "damage";

  private final Cluster cluster;
  private final Recorder recorder;
  private final Random random;

  private final CountDownLatch peopleCome = new CountDownLatch(1);
  private int kills;

  Nemesis(Cluster cluster, Recorder recorder, long seed) {
    this.cluster = cluster;
    this.recorder = recorder;
    this.random = new Random(seed);
  }

  Cluster cluster() {
    return cluster;
  }

  Random random() {
    return random;
  }

  /** From now on people come. */
  void letPeopleCome() {
    peopleCome.countDown();
  }

  /** Returns when people may come: at once, or when a case is prepared. */
  void awaitPeople() throws InterruptedException {
    peopleCome.await();
  }

  /** Processes that it has killed. */
  int kills() {
    return kills;
  }

  /** Whether a process is killed by this fault. */
  static boolean isKill(String fault) {
    return fault.equals(Kills.KILL)
        || fault.equals(Kills.KILL_AMONG_OTHERS)
        || fault.equals(DAMAGE);
  }

  /** SIGKILL. */
  void kill(RoleProcess victim) {
    victim.kill();
    kills++;
  }

  /** Does nothing: the faults are the model's or the clients'. */
  void rest() {}

  /** One instance, whose next process finds a state that cannot be read. */
  void damageState() throws InterruptedException {
    int victim = random.nextInt(cluster.topologies().size());
    RoleProcess next = cluster.prepareTopology(victim, cluster.state(victim));
    pause();
    kill(cluster.topologies().get(victim));
    struck(DAMAGE, "topology");
    StateDamage.in(cluster.state(victim));
    replaceTopology(victim, next);
    healed(DAMAGE, "topology");
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

  void replaceTopology(int victim, RoleProcess next) {
    cluster.topologies().set(victim, next.begin());
    next.awaitReady();
  }

  /** Each process of each role is asked to stop, and another takes its place. */
  void restartAll() {
    restartTopologies("restart");
    restartWorkers("restart");
    restartGateways("restart");
  }

  /** The same with processes of the next release, and then, the other way round, of this one. */
  void upgradeAndRollBack() {
    cluster.goOnWithNextRelease();
    letPeopleCome();
    restartTopologies("upgrade");
    restartWorkers("upgrade");
    restartGateways("upgrade");
    cluster.goOnWithThisRelease();
    restartGateways("rollback");
    restartWorkers("rollback");
    restartTopologies("rollback");
  }

  /**
   * Each broker is asked to stop, in order, and is away for some seconds; the next one is not asked
   * before it is back, with all records. Nobody can go on without the only one.
   */
  void restartBrokers() throws InterruptedException {
    Brokers brokers = cluster.brokers();
    for (int i = 0; i < brokers.processes().size(); i++) {
      RoleProcess next = brokers.prepare(i);
      pause();
      brokers.stop(i);
      struck("restart", "broker");
      pause();
      brokers.processes().set(i, next.begin());
      next.awaitReady();
      brokers.awaitAllInSync();
      healed("restart", "broker");
    }
  }

  private void restartTopologies(String why) {
    for (int i = 0; i < cluster.topologies().size(); i++) {
      RoleProcess next = cluster.prepareTopology(i, cluster.state(i));
      cluster.topologies().get(i).stop();
      struck(why, "topology");
      replaceTopology(i, next);
    }
  }

  private void restartWorkers(String why) {
    for (int i = 0; i < cluster.workers().size(); i++) {
      RoleProcess next = cluster.prepareWorker(i);
      cluster.workers().get(i).stop();
      struck(why, "worker");
      cluster.workers().set(i, next.begin());
      next.awaitReady();
    }
  }

  private void restartGateways(String why) {
    for (int i = 0; i < cluster.gateways().size(); i++) {
      RoleProcess next = cluster.prepareGateway(i);
      cluster.gateways().get(i).stop();
      struck(why, "gateway");
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

  /**
   * The second instance of each role cannot reach the brokers, first both ways, then one way, then
   * the other.
   */
  void cutBrokers(Duration away) throws InterruptedException {
    for (var fault :
        List.of(TcpProxy.Fault.CUT, TcpProxy.Fault.LOSE_REPLIES, TcpProxy.Fault.LOSE_REQUESTS)) {
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

  /** Some seconds, as the seed has it. */
  void pause() throws InterruptedException {
    Thread.sleep(EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS));
  }

  void struck(String fault, String target) {
    recorder.add(new Event.Struck(recorder.now(), fault, target));
  }

  void healed(String fault, String target) {
    recorder.add(new Event.Healed(recorder.now(), fault, target));
  }
}
