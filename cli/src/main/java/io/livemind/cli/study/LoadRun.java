package io.livemind.cli.study;

import io.livemind.replay.report.Distribution;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.SessionFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * So many people at one replica, in one arm. Whoever got no answer waited until the deadline of the
 * turn: leaving them out would make the arm look faster that leaves more of them.
 *
 * @param people who type at a time
 * @param arm by its name
 * @param failures sessions without an answer, by the code of what went wrong
 * @param latency in the seconds of those who type, of all sessions
 * @param inferences of a session, on average
 */
record LoadRun(
    int people,
    String arm,
    Map<String, Integer> failures,
    Distribution latency,
    double inferences) {

  /**
   * Empty if no session was played.
   *
   * @param report of one arm
   * @param deadlineSeconds of a turn, in the seconds of those who type
   */
  static Optional<LoadRun> of(int people, ReplayReport report, double deadlineSeconds) {
    double[] waited =
        report.sessions().stream()
            .mapToDouble(session -> waited(session, report.speed(), deadlineSeconds))
            .toArray();
    var figures = report.arms().getFirst();
    return Distribution.of(waited)
        .map(
            latency ->
                new LoadRun(
                    people,
                    figures.arm().name(),
                    figures.failures(),
                    latency,
                    figures.meanInferenceCalls()));
  }

  private static double waited(SessionFigures session, double speed, double deadlineSeconds) {
    return session.latencySeconds().isPresent()
        ? session.latencySeconds().getAsDouble() * speed
        : deadlineSeconds;
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** A sentence for each number of people at which one arm is slower, in mean or p95. */
  static List<String> slower(List<LoadRun> runs, String arm, String baseline) {
    var slower = new ArrayList<String>();
    for (LoadRun one : runs)
      for (LoadRun other : runs) {
        boolean compared =
            one.arm().equals(arm) && other.arm().equals(baseline) && one.people() == other.people();
        if (!compared) continue;
        add("mean", one, other, one.latency().meanSeconds(), other.latency().meanSeconds(), slower);
        add("p95", one, other, one.latency().p95Seconds(), other.latency().p95Seconds(), slower);
      }
    return slower;
  }

  private static void add(
      String what, LoadRun one, LoadRun other, double ours, double theirs, List<String> slower) {
    if (ours > theirs)
      slower.add(
          String.format(
              Locale.ROOT,
              "%s of %s at %d people is %.2f s, of %s %.2f s",
              what,
              one.arm(),
              one.people(),
              ours,
              other.arm(),
              theirs));
  }
}
