package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.process.RoleProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Processes are killed with SIGKILL, and others take their places. */
final class Kills {
  /** Of a process, when nothing else is struck: how long turns stand still is measured. */
  static final String KILL = "kill";

  /** Of a process soon after another one: turns wait for both. */
  static final String KILL_AMONG_OTHERS = "kill-among-others";

  private static final int LONGEST_BREATH_MILLIS = 1_500;

  private final Nemesis nemesis;
  private final Cluster cluster;

  private Kills(Nemesis nemesis) {
    this.nemesis = nemesis;
    this.cluster = nemesis.cluster();
  }

  /** Twice one of the workers. */
  static void workers(Nemesis nemesis) throws InterruptedException {
    var kills = new Kills(nemesis);
    for (int i = 0; i < 2; i++) kills.worker(KILL, nemesis::pause);
  }

  /** All workers at once. */
  static void allWorkers(Nemesis nemesis) throws InterruptedException {
    Cluster cluster = nemesis.cluster();
    List<RoleProcess> next =
        IntStream.range(0, cluster.workers().size()).mapToObj(cluster::prepareWorker).toList();
    nemesis.pause();
    cluster.workers().forEach(nemesis::kill);
    nemesis.struck(KILL, "all-workers");
    for (int i = 0; i < next.size(); i++) cluster.workers().set(i, next.get(i).begin());
    next.forEach(RoleProcess::awaitReady);
    nemesis.healed(KILL, "all-workers");
  }

  /**
   * Each broker in turn; it is away for some seconds, and the next one is not hit before it is
   * back. Nobody can go on without the only one.
   */
  static void brokers(Nemesis nemesis) throws InterruptedException {
    var kills = new Kills(nemesis);
    for (int i = 0; i < nemesis.cluster().brokers().processes().size(); i++) {
      kills.broker(KILL, i, nemesis::pause, nemesis::pause);
      nemesis.pause();
    }
  }

  /** A gateway with open streams; it comes back later on the same port. */
  static void gateway(Nemesis nemesis) throws InterruptedException {
    new Kills(nemesis).gateway(KILL, nemesis::pause);
  }

  /** One topology instance, whose next process finds the state, or none. */
  static void topology(Nemesis nemesis) throws InterruptedException {
    new Kills(nemesis).topology(KILL, nemesis::pause);
  }

  /** Whatever there is, one after another, for so long; each is back before the next is hit. */
  static void oneAfterAnother(Nemesis nemesis, Duration time) throws InterruptedException {
    var kills = new Kills(nemesis);
    int brokers = nemesis.cluster().brokers().processes().size();
    long begunNanos = System.nanoTime();
    while (System.nanoTime() - begunNanos < time.toNanos()) {
      switch (nemesis.random().nextInt(4)) {
        case 0 -> kills.worker(KILL_AMONG_OTHERS, kills::breath);
        case 1 -> kills.gateway(KILL_AMONG_OTHERS, kills::breath);
        case 2 -> kills.topology(KILL_AMONG_OTHERS, kills::breath);
        default ->
            kills.broker(
                KILL_AMONG_OTHERS, nemesis.random().nextInt(brokers), kills::breath, kills::breath);
      }
    }
  }

  /** Time that passes before something happens. */
  @FunctionalInterface
  private interface Wait {
    void pass() throws InterruptedException;
  }

  private void breath() throws InterruptedException {
    Thread.sleep(nemesis.random().nextInt(LONGEST_BREATH_MILLIS));
  }

  private void worker(String fault, Wait before) throws InterruptedException {
    int victim = nemesis.random().nextInt(cluster.workers().size());
    RoleProcess next = cluster.prepareWorker(victim);
    before.pass();
    nemesis.kill(cluster.workers().get(victim));
    nemesis.struck(fault, "worker");
    cluster.workers().set(victim, next.begin());
    next.awaitReady();
    nemesis.healed(fault, "worker");
  }

  private void gateway(String fault, Wait before) throws InterruptedException {
    int victim = nemesis.random().nextInt(cluster.gateways().size());
    RoleProcess next = cluster.prepareGateway(victim);
    before.pass();
    nemesis.kill(cluster.gateways().get(victim));
    nemesis.struck(fault, "gateway");
    cluster.gateways().set(victim, next.begin());
    next.awaitReady();
    nemesis.healed(fault, "gateway");
  }

  private void topology(String fault, Wait before) throws InterruptedException {
    int victim = nemesis.random().nextInt(cluster.topologies().size());
    boolean wiped = nemesis.random().nextBoolean();
    Path directory = wiped ? cluster.newState() : cluster.state(victim);
    RoleProcess next = cluster.prepareTopology(victim, directory);
    before.pass();
    nemesis.kill(cluster.topologies().get(victim));
    nemesis.struck(fault, "topology");
    cluster.replaceState(victim, directory);
    nemesis.replaceTopology(victim, next);
    nemesis.healed(fault, "topology");
  }

  private void broker(String fault, int victim, Wait before, Wait away)
      throws InterruptedException {
    var brokers = cluster.brokers();
    String target = brokers.processes().size() == 1 ? "only-broker" : "broker";
    RoleProcess next = brokers.prepare(victim);
    before.pass();
    nemesis.kill(brokers.processes().get(victim));
    nemesis.struck(fault, target);
    away.pass();
    brokers.processes().set(victim, next.begin());
    next.awaitReady();
    nemesis.healed(fault, target);
  }
}
