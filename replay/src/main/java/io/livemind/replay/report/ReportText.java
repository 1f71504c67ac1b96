package io.livemind.replay.report;

import io.livemind.replay.Arm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A report as text for a terminal: latencies in seconds, overhead and lateness in milliseconds.
 * Titles of recordings lose their control characters.
 *
 * <p>Threading: stateless.
 */
public final class ReportText {
  /** More recordings than that are only summed up. */
  private static final int MOST_ROWS = 40;

  private static final int LONGEST_TITLE = 34;

  private ReportText() {}

  /** The whole report. */
  public static String format(ReplayReport report) {
    var text = new StringBuilder();
    Map<String, List<SessionFigures>> byRecording =
        report.sessions().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.play().recording().id(), LinkedHashMap::new, Collectors.toList()));
    if (byRecording.size() <= MOST_ROWS) text.append(sessions(report, byRecording)).append('\n');
    text.append(arms(report)).append('\n');
    if (!report.cuts().isEmpty()) text.append(cuts(report)).append('\n');
    text.append(foot(report));
    return text.toString();
  }

  private static String sessions(
      ReplayReport report, Map<String, List<SessionFigures>> byRecording) {
    var table = new Table();
    var head = new ArrayList<>(List.of("session", "characters", "segments", "calls"));
    for (ArmFigures arm : report.arms()) {
      head.add(arm.arm().name() + " first");
      head.add("end s");
      if (hasBaseline(arm.arm(), report)) head.add("cut");
    }
    table.row(head);
    byRecording.values().forEach(sessions -> table.row(row(report, sessions)));
    return table.format();
  }

  private static List<String> row(ReplayReport report, List<SessionFigures> sessions) {
    // Conventional sessions cut no segments and think nothing: the live ones tell.
    SessionFigures told =
        sessions.stream()
            .filter(one -> one.play().arm().live())
            .findFirst()
            .orElse(sessions.getFirst());
    var cells = new ArrayList<String>();
    cells.add(shorten(told.play().recording().title()));
    cells.add(Integer.toString(told.promptLength()));
    cells.add(Integer.toString(told.segments()));
    cells.add(Integer.toString(told.inferenceCalls()));
    for (ArmFigures arm : report.arms()) {
      Optional<SessionFigures> session = in(arm.arm().name(), sessions);
      var failure = session.flatMap(one -> one.result().failure());
      cells.add(failure.orElseGet(() -> seconds(session, SessionFigures::firstTokenSeconds)));
      cells.add(seconds(session, SessionFigures::latencySeconds));
      if (hasBaseline(arm.arm(), report)) cells.add(cut(arm.arm(), session, sessions));
    }
    return cells;
  }

  private static String arms(ReplayReport report) {
    var table = new Table();
    boolean recorded =
        report.arms().stream().anyMatch(arm -> arm.recordedMeanSeconds().isPresent());
    var head =
        new ArrayList<>(
            List.of(
                "arm",
                "sessions",
                "failed",
                "equal",
                "first mean",
                "end mean",
                "p50",
                "p95",
                "p99",
                "max s"));
    if (recorded)
      head.addAll(List.of("recorded mean", "recorded / speed", "difference", "accuracy"));
    table.row(head);
    report.arms().forEach(arm -> table.row(row(arm, report.speed(), recorded)));
    return table.format();
  }

  private static List<String> row(ArmFigures arm, double speed, boolean recorded) {
    var cells = new ArrayList<String>();
    cells.add(arm.arm().name());
    cells.add(Integer.toString(arm.sessions()));
    cells.add(Integer.toString(arm.failed()));
    cells.add(Integer.toString(arm.equalToRecorded()));
    var latency = arm.latency();
    cells.add(seconds(arm.firstToken().map(Distribution::meanSeconds)));
    cells.add(seconds(latency.map(Distribution::meanSeconds)));
    cells.add(seconds(latency.map(Distribution::p50Seconds)));
    cells.add(seconds(latency.map(Distribution::p95Seconds)));
    cells.add(seconds(latency.map(Distribution::p99Seconds)));
    cells.add(seconds(latency.map(Distribution::maximumSeconds)));
    if (!recorded) return cells;
    var mean = boxed(arm.recordedMeanSeconds());
    cells.add(seconds(mean));
    cells.add(seconds(mean.map(value -> value / speed)));
    cells.add(
        percent(
            latency.flatMap(ours -> mean.map(value -> ours.meanSeconds() * speed / value - 1))));
    cells.add(percent(boxed(arm.recordedAccuracy())));
    return cells;
  }

  private static String cuts(ReplayReport report) {
    var table = new Table();
    table.row(List.of("latency cut", "recordings", "measured", "recorded"));
    for (Cut cut : report.cuts())
      for (Cut.LengthClass one : cut.classes()) {
        String length = one.moreThanCalls() == 0 ? "" : ", > " + one.moreThanCalls() + " calls";
        table.row(
            List.of(
                cut.arm() + " against " + cut.baseline() + length,
                Integer.toString(one.recordings()),
                percent(Optional.of(one.measured())),
                percent(boxed(one.recorded()))));
      }
    return table.format();
  }

  private static String foot(ReplayReport report) {
    var text = new StringBuilder();
    report
        .overhead()
        .ifPresent(
            overhead ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "pipeline overhead (latency in which no model worked for the session):"
                            + " p50 %.1f ms, p99 %.1f ms%n",
                        overhead.p50Seconds() * 1_000,
                        overhead.p99Seconds() * 1_000)));
    text.append(
        String.format(
            Locale.ROOT,
            "typing at %s times the recorded speed; %d fragments, late by p50 %.1f ms, p99 %.1f"
                + " ms%n",
            report.speed(),
            report.lateness().fragments(),
            report.lateness().p50Seconds() * 1_000,
            report.lateness().p99Seconds() * 1_000));
    report.arms().stream()
        .filter(arm -> arm.counts().isPresent())
        .forEach(arm -> text.append(counts(arm)));
    if (report.stopped()) text.append("stopped early\n");
    report.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private static String counts(ArmFigures arm) {
    var counts = arm.counts().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s: %d inference calls beyond the recorded ones, %d recorded inferences not asked for, %d"
            + " violations%n",
        arm.arm().name(),
        counts.surplusInferences(),
        counts.unservedInferences(),
        counts.violations());
  }

  private static boolean hasBaseline(Arm arm, ReplayReport report) {
    return !arm.baselines().isEmpty()
        && report.arms().stream()
            .anyMatch(other -> other.arm().name().equals(arm.baselines().getFirst()));
  }

  private static String cut(
      Arm arm, Optional<SessionFigures> session, List<SessionFigures> sessions) {
    var baseline = in(arm.baselines().getFirst(), sessions);
    return percent(
        session
            .flatMap(one -> boxed(one.latencySeconds()))
            .flatMap(
                ours ->
                    baseline
                        .flatMap(one -> boxed(one.latencySeconds()))
                        .map(theirs -> 1 - ours / theirs)));
  }

  private static Optional<SessionFigures> in(String arm, List<SessionFigures> sessions) {
    return sessions.stream().filter(one -> one.play().arm().name().equals(arm)).findFirst();
  }

  private static String seconds(
      Optional<SessionFigures> session, Function<SessionFigures, OptionalDouble> figure) {
    return seconds(session.flatMap(one -> boxed(figure.apply(one))));
  }

  private static String seconds(Optional<Double> seconds) {
    return seconds.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
  }

  private static String percent(Optional<Double> share) {
    return share.map(value -> String.format(Locale.ROOT, "%.1f %%", value * 100)).orElse("-");
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static String shorten(String recorded) {
    String title = recorded.replaceAll("\\p{Cc}|\\p{Cf}", " ");
    return title.codePointCount(0, title.length()) <= LONGEST_TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
  }
}
