package io.livemind.integration.chaos.run;

import io.livemind.integration.chaos.process.RoleProcess;
import java.time.Duration;
import java.util.List;

/**
 * Disks that are full, or slow. A process on a full disk is one that may make no file longer: its
 * writes fail as they would, and no right to mount anything is needed.
 */
final class Disks {
  /**
   * Of the write that failed, of the broker that has no directory left, or of the log of its
   * metadata, if that was to be written first.
   */
  private static final List<String> BROKER_WORDS =
      List.of("File too large", "all log dirs in", "Error while appending records to");

  private static final String FULL = "disk-full";
  private static final Duration STILL = Duration.ofMillis(300);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private Disks() {}

  /**
   * The disk of a topology instance is full: it says so and ends itself, others go on with its
   * sessions, and it comes back once there is room.
   */
  static void fullUnderTopology(Nemesis nemesis) throws InterruptedException {
    Cluster cluster = nemesis.cluster();
    int victim = nemesis.random().nextInt(cluster.topologies().size());
    RoleProcess writing = cluster.prepareWritingTopology(victim);
    RoleProcess next = cluster.prepareTopology(victim, cluster.state(victim));
    cluster.topologies().get(victim).stop();
    nemesis.replaceTopology(victim, writing);
    nemesis.letPeopleCome();
    nemesis.pause();
    int printed = cluster.printed().length();
    writing.fillDisk();
    nemesis.struck(FULL, "topology");
    endsBySaying(writing, List.of("look at its disk"), cluster, printed);
    nemesis.replaceTopology(victim, next);
    nemesis.healed(FULL, "topology");
  }

  /** The disk of each broker in turn: it ends itself, and comes back once there is room. */
  static void fullUnderBrokers(Nemesis nemesis) throws InterruptedException {
    var brokers = nemesis.cluster().brokers();
    for (int victim = 0; victim < brokers.processes().size(); victim++) {
      RoleProcess next = brokers.prepare(victim);
      nemesis.pause();
      RoleProcess full = brokers.processes().get(victim);
      int printed = nemesis.cluster().printed().length();
      full.fillDisk();
      nemesis.struck(FULL, "broker");
      endsBySaying(full, BROKER_WORDS, nemesis.cluster(), printed);
      brokers.processes().set(victim, next.begin());
      next.awaitReady();
      nemesis.healed(FULL, "broker");
    }
  }

  /** Brokers that stand still for most of the time, as if each write had to wait. */
  static void slowUnderBrokers(Nemesis nemesis, Duration time) throws InterruptedException {
    nemesis.pause();
    var brokers = nemesis.cluster().brokers().processes();
    nemesis.struck("disk-slow", "brokers");
    long begunNanos = System.nanoTime();
    while (System.nanoTime() - begunNanos < time.toNanos()) {
      brokers.forEach(RoleProcess::freeze);
      Thread.sleep(STILL);
      brokers.forEach(RoleProcess::thaw);
      Thread.sleep(BETWEEN);
    }
    nemesis.healed("disk-slow", "brokers");
  }

  private static void endsBySaying(
      RoleProcess process, List<String> words, Cluster cluster, int printedBefore) {
    process.awaitEnd();
    String printed = cluster.printed().substring(printedBefore);
    if (process.exitCode() == 1 && words.stream().anyMatch(printed::contains)) return;
    throw new IllegalStateException(
        "on a full disk a process should end with 1 and say so, but ended with %d after: %s"
            .formatted(process.exitCode(), process.lastPrinted()));
  }
}
