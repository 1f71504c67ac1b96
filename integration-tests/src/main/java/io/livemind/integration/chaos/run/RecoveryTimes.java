package io.livemind.integration.chaos.run;

import io.livemind.cli.study.Machine;
import io.livemind.integration.chaos.check.Recovery;
import io.livemind.integration.chaos.process.PlantedBug;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** How long turns stand still after each kind of process is killed, with its distribution. */
final class RecoveryTimes {
  /** A token comes each 25 ms: whoever hears nothing for longer than this was hit. */
  private static final long STANDSTILL_MILLIS = 250;

  private static final int SUBMITS_PER_SECOND = 3;

  private static final double[] PARTS = {0.5, 0.9, 1};

  private final Series series;
  private final int rounds;
  private final List<Case> cases;
  private final Map<Kind, List<Run>> runs = new EnumMap<>(Kind.class);

  /** What is killed, and where. */
  private enum Kind {
    WORKER("one of two workers", Case.WORKER_KILLED, 1, 1, 14, 5_000),
    ALL_WORKERS("all workers at once", Case.ALL_WORKERS_KILLED, 1, 1, 10, 5_000),
    GATEWAY("one of two gateways", Case.GATEWAY_KILLED, 1, 1, 12, 3_000),
    TOPOLOGY(
        "one of two topology instances, with a standby", Case.TOPOLOGY_KILLED, 1, 1, 12, 10_000),
    TOPOLOGY_ALONE("the same without a standby", Case.TOPOLOGY_KILLED, 1, 0, 12, 0),
    BROKER("each of three brokers in turn", Case.BROKER_KILLED, 3, 1, 40, 10_000);

    private final String label;
    private final Case chaosCase;
    private final Cluster.Size size;
    private final Crowd crowd;
    private final long targetMillis;

    /** People come for as long as processes are killed and come back. */
    Kind(String label, Case chaosCase, int brokers, int standbys, int seconds, long targetMillis) {
      this.label = label;
      this.chaosCase = chaosCase;
      this.size = new Cluster.Size(brokers, 2, standbys, 2, 2, PlantedBug.NONE);
      this.crowd = Crowd.steady(SUBMITS_PER_SECOND, Duration.ofSeconds(seconds));
      this.targetMillis = targetMillis;
    }
  }

  /**
   * Nothing is measured yet.
   *
   * @param rounds runs of each kind
   * @param cases what is killed
   */
  RecoveryTimes(Series series, int rounds, List<Case> cases) {
    this.series = series;
    this.rounds = rounds;
    this.cases = cases;
  }

  /** Kills each kind of process as often as there are rounds. */
  void measure() throws InterruptedException {
    for (Kind kind : Kind.values()) {
      if (!cases.contains(kind.chaosCase)) continue;
      System.out.println(kind.label + ":");
      int before = series.finished().size();
      try {
        series.all(
            kind.size,
            LongStream.rangeClosed(1, rounds)
                .mapToObj(seed -> new Series.Step(kind.chaosCase, seed, kind.crowd))
                .toList());
      } finally {
        List<Run> all = series.finished();
        runs.put(kind, all.subList(before, all.size()));
      }
    }
  }

  /** The page, for as much as was measured. */
  String page(String command) {
    var page =
        new StringBuilder("# Recovery: how long a turn stands still when a process dies\n\n");
    page.append("`%s`, %s. ".formatted(command, Machine.here().text()));
    page.append("The models are simulated: a token each 25 ms.\n\n");
    page.append(
        """
        A process is killed (SIGKILL) while people type and are answered, %d submits a second. Counted is each turn that ran at that
        moment, from the kill to its next event at the client (a start, a piece of the answer, an end), and each that was submitted before
        another process had taken the place, from its submit; ms. Every other client types and reads at a gateway, all of them where one is
        killed; the others in the log itself. Many are not hit, because other processes hold them; the distribution
        is that of the turns that stood still for more than %d ms.

        | killed | kills | turns | stood still | p50 | p90 | longest | promised |
        |---|---|---|---|---|---|---|---|
        """
            .formatted(SUBMITS_PER_SECOND, STANDSTILL_MILLIS));
    runs.forEach((kind, of) -> page.append(row(kind, of)));
    long broken = series.finished().stream().filter(Run::bad).count();
    page.append(
        "\nOf %d runs %d broke a promise or came to no end.\n"
            .formatted(series.finished().size(), broken));
    return page.toString();
  }

  private static String row(Kind kind, List<Run> of) {
    List<Recovery> all = of.stream().flatMap(run -> run.recoveries().stream()).toList();
    List<Long> still =
        all.stream().map(Recovery::millis).filter(it -> it > STANDSTILL_MILLIS).sorted().toList();
    var row =
        new StringBuilder(
            "| %s | %d | %d | %d"
                .formatted(
                    kind.label, of.stream().mapToInt(Run::kills).sum(), all.size(), still.size()));
    for (double part : PARTS) {
      row.append(" | ").append(still.isEmpty() ? "–" : "%,d".formatted(quantile(still, part)));
    }
    String target = kind.targetMillis == 0 ? "–" : "%,d".formatted(kind.targetMillis);
    return row.append(" | ").append(target).append(" |\n").toString();
  }

  private static long quantile(List<Long> sorted, double part) {
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * part) - 1));
  }
}
