package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.process.FakeClock;
import io.livemind.integration.chaos.process.RoleProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clocks of processes that are wrong, and are set while they run. */
final class Clocks {
  /** Longer than any lease and any turn. */
  private static final Duration FAR = Duration.ofMinutes(3);

  private static final Duration BETWEEN = Duration.ofSeconds(6);

  private final Nemesis nemesis;
  private final Cluster cluster;
  private final FakeClock clock;

  private Clocks(Nemesis nemesis) {
    this.nemesis = nemesis;
    this.cluster = nemesis.cluster();
    this.clock = FakeClock.right(cluster.newState());
  }

  /** All workers are minutes ahead, then behind, and right at last. */
  static void ofWorkers(Nemesis nemesis) throws InterruptedException {
    var clocks = new Clocks(nemesis);
    Cluster cluster = nemesis.cluster();
    // Before they begin: Kafka's clients take a clock that jumps under a call for its timeout.
    clocks.clock.set(FAR);
    List<RoleProcess> wrong = new ArrayList<>();
    for (int i = 0; i < cluster.workers().size(); i++) {
      wrong.add(cluster.prepareWorker(i, clocks.clock));
    }
    nemesis.struck("clock-ahead", "workers");
    for (int i = 0; i < wrong.size(); i++) {
      cluster.workers().get(i).stop();
      cluster.workers().set(i, wrong.get(i).begin());
    }
    wrong.forEach(RoleProcess::awaitReady);
    nemesis.letPeopleCome();
    Thread.sleep(BETWEEN);
    clocks.jump(FAR.negated(), "workers");
    clocks.jump(Duration.ZERO, "workers");
    nemesis.healed("clock-ahead", "workers");
  }

  /**
   * The clock of a topology instance jumps ahead, and then back: it ends itself, and another goes
   * on whose clock is right.
   */
  static void ofTopology(Nemesis nemesis) throws InterruptedException {
    var clocks = new Clocks(nemesis);
    Cluster cluster = nemesis.cluster();
    int victim = nemesis.random().nextInt(cluster.topologies().size());
    RoleProcess wrong = cluster.prepareTopology(victim, cluster.state(victim), clocks.clock);
    RoleProcess right = cluster.prepareTopology(victim, cluster.state(victim));
    cluster.topologies().get(victim).stop();
    nemesis.replaceTopology(victim, wrong);
    nemesis.letPeopleCome();
    clocks.jump(FAR, "topology");
    clocks.jump(FAR.negated(), "topology");
    wrong.awaitEnd();
    nemesis.replaceTopology(victim, right);
    nemesis.healed("clock", "topology");
  }

  /** The clock of a gateway jumps ahead, back, and is right at last. */
  static void ofGateway(Nemesis nemesis) throws InterruptedException {
    var clocks = new Clocks(nemesis);
    Cluster cluster = nemesis.cluster();
    int victim = nemesis.random().nextInt(cluster.gateways().size());
    RoleProcess wrong = cluster.prepareGateway(victim, clocks.clock);
    cluster.gateways().get(victim).stop();
    cluster.gateways().set(victim, wrong.begin());
    wrong.awaitReady();
    nemesis.letPeopleCome();
    clocks.jump(FAR, "gateway");
    clocks.jump(FAR.negated(), "gateway");
    clocks.jump(Duration.ZERO, "gateway");
    nemesis.healed("clock", "gateway");
  }

  private void jump(Duration ahead, String target) throws InterruptedException {
    clock.set(ahead);
    nemesis.struck("clock " + ahead.toSeconds() + " s", target);
    Thread.sleep(BETWEEN);
  }
}
