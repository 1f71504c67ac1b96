package io.livemind.replay.report;

import io.livemind.replay.Arm;
import io.livemind.replay.latency.LatencyConstants;
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
 * A report as tables: latencies in seconds, cuts in percent. Titles of recordings lose their
 * control characters.
 *
 * <p>Threading: stateless.
 */
final class ReportTables {
  private static final int LONGEST_TITLE = 34;

  private ReportTables() {}

  /** A row for each recording. */
  static Table sessions(ReplayReport report) {
    var table = new Table();
    var head = new ArrayList<>(List.of("session", "characters", "segments", "calls"));
    for (ArmFigures arm : report.arms()) {
      head.add(arm.arm().name() + " first");
      head.add("end s");
      if (hasBaseline(arm.arm(), report)) head.add("cut");
    }
    table.row(head);
    byRecording(report).values().forEach(sessions -> table.row(row(report, sessions)));
    return table;
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

  /** A row for each arm. */
  static Table arms(ReplayReport report) {
    var table = new Table();
    boolean recorded =
        report.arms().stream().anyMatch(arm -> arm.recordedMeanSeconds().isPresent());
    boolean compared = report.arms().stream().anyMatch(arm -> arm.recorded() > 0);
    var head = new ArrayList<>(List.of("arm", "sessions", "failed"));
    if (compared) head.add("equal");
    head.addAll(List.of("first mean", "end mean", "p50", "p95", "p99", "max s"));
    if (recorded)
      head.addAll(List.of("recorded mean", "recorded / speed", "difference", "model mean"));
    boolean accuracy =
        report.arms().stream()
            .anyMatch(arm -> arm.accuracy().isPresent() || arm.recordedAccuracy().isPresent());
    if (accuracy) head.addAll(List.of("accuracy", "recorded accuracy"));
    table.row(head);
    for (ArmFigures arm : report.arms()) {
      List<String> cells = row(arm, compared);
      if (recorded) cells.addAll(recorded(arm, report.speed()));
      if (accuracy)
        cells.addAll(
            List.of(percent(boxed(arm.accuracy())), percent(boxed(arm.recordedAccuracy()))));
      table.row(cells);
    }
    return table;
  }

  private static List<String> row(ArmFigures arm, boolean compared) {
    var cells = new ArrayList<String>();
    cells.add(arm.arm().name());
    cells.add(Integer.toString(arm.sessions()));
    cells.add(Integer.toString(arm.failed()));
    if (compared) cells.add(arm.recorded() > 0 ? Integer.toString(arm.equalToRecorded()) : "-");
    var latency = arm.latency();
    cells.add(seconds(arm.firstToken().map(Distribution::meanSeconds)));
    cells.add(seconds(latency.map(Distribution::meanSeconds)));
    cells.add(seconds(latency.map(Distribution::p50Seconds)));
    cells.add(seconds(latency.map(Distribution::p95Seconds)));
    cells.add(seconds(latency.map(Distribution::p99Seconds)));
    cells.add(seconds(latency.map(Distribution::maximumSeconds)));
    return cells;
  }

  private static List<String> recorded(ArmFigures arm, double speed) {
    var mean = boxed(arm.recordedMeanSeconds());
    return List.of(
        seconds(mean),
        seconds(mean.map(value -> value / speed)),
        percent(
            arm.latency()
                .flatMap(ours -> mean.map(value -> ours.meanSeconds() * speed / value - 1))),
        seconds(boxed(arm.modelMeanSeconds())));
  }

  /**
   * A row for each class of length of each comparison, beside the recorded runs where there are
   * any; differences are in points.
   */
  static Table cuts(ReplayReport report) {
    var table = new Table();
    boolean recorded =
        report.cuts().stream()
            .flatMap(cut -> cut.shown().stream())
            .anyMatch(one -> one.recorded().isPresent());
    var head = new ArrayList<>(List.of("latency cut", "recordings", "measured"));
    if (recorded) head.addAll(List.of("recorded", "difference", "model alone", "difference"));
    table.row(head);
    for (Cut cut : report.cuts())
      for (Cut.LengthClass one : cut.shown()) {
        String length = one.moreThanCalls() == 0 ? "" : ", > " + one.moreThanCalls() + " calls";
        var cells =
            new ArrayList<>(
                List.of(
                    cut.arm() + " against " + cut.baseline() + length,
                    Integer.toString(one.recordings()),
                    percent(Optional.of(one.measured()))));
        if (recorded) cells.addAll(besideRecorded(one));
        table.row(cells);
      }
    return table;
  }

  private static List<String> besideRecorded(Cut.LengthClass one) {
    var recorded = boxed(one.recorded());
    return List.of(
        percent(recorded),
        points(Optional.of(one.measured()), recorded),
        percent(boxed(one.model())),
        points(boxed(one.model()), recorded));
  }

  /** A row for each target of the reproduction; only the head where nothing can be judged. */
  static Table targets(ReplayReport report) {
    var table = new Table();
    table.row(List.of("reproduction", "wanted", "found", "met"));
    for (Reproduction.Target target : Reproduction.targets(report))
      table.row(
          List.of(target.name(), target.wanted(), target.found(), target.met() ? "yes" : "no"));
    return table;
  }

  /** A row for each arm of which it is known what its calls have cost. */
  static Table tokens(ReplayReport report) {
    var table = new Table();
    table.row(
        List.of(
            "tokens a session",
            "prompt",
            "cached",
            "reply",
            "wasted",
            "more than baseline",
            "seconds saved",
            "more a saved second",
            "wasted a saved second"));
    for (ArmFigures arm : report.arms())
      arm.tokens().ifPresent(tokens -> table.row(tokens(arm, tokens, report)));
    return table;
  }

  private static List<String> tokens(
      ArmFigures arm, ServedModels.Tokens tokens, ReplayReport report) {
    var baseline =
        arm.arm().baselines().stream()
            .findFirst()
            .flatMap(
                name ->
                    report.arms().stream()
                        .filter(other -> other.arm().name().equals(name))
                        .filter(other -> other.tokens().isPresent())
                        .findFirst());
    double sessions = arm.sessions();
    Optional<Double> more =
        baseline.map(
            other ->
                tokens.all() / sessions
                    - other.tokens().orElseThrow().all() / (double) other.sessions());
    Optional<Double> saved =
        baseline.flatMap(
            other ->
                other
                    .latency()
                    .flatMap(
                        theirs ->
                            arm.latency().map(ours -> theirs.meanSeconds() - ours.meanSeconds())));
    Optional<Double> gained = saved.filter(seconds -> seconds > 0);
    return List.of(
        arm.arm().name(),
        whole(tokens.prompt() / sessions),
        whole(tokens.cached() / sessions),
        whole(tokens.completion() / sessions),
        whole(tokens.wasted() / sessions),
        more.map(ReportTables::whole).orElse("-"),
        seconds(saved),
        more.flatMap(tokensMore -> gained.map(seconds -> whole(tokensMore / seconds))).orElse("-"),
        gained.map(seconds -> whole(tokens.wasted() / sessions / seconds)).orElse("-"));
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }

  /** A row for each arm whose recordings tell where they were cut; see {@link SegmentMatch}. */
  static Table segments(ReplayReport report) {
    var table = new Table();
    table.row(
        List.of(
            "segments, by ends",
            "sessions",
            "recorded",
            "ours",
            "same",
            "of recorded",
            "of ours",
            "ours behind"));
    for (ArmFigures arm : report.arms())
      arm.segmentMatch()
          .ifPresent(
              match ->
                  table.row(
                      List.of(
                          arm.arm().name(),
                          match.sessions() + " of " + arm.sessions(),
                          Integer.toString(match.recorded()),
                          Integer.toString(match.ours()),
                          Integer.toString(match.same()),
                          percent(Optional.of((double) match.same() / match.recorded())),
                          percent(shareOfOurs(match)),
                          Integer.toString(match.behind()))));
    return table;
  }

  private static Optional<Double> shareOfOurs(SegmentMatch match) {
    return match.ours() == 0 ? Optional.empty() : Optional.of((double) match.same() / match.ours());
  }

  /** A row for each arm and kind of call: the constants of the latency model. */
  static Table constants(ReplayReport report) {
    var table = new Table();
    table.row(List.of("latency constants", "overhead s", "s / prompt token", "s / token"));
    for (ArmFigures arm : report.arms()) {
      if (arm.arm().live())
        table.row(constants(arm.arm().name() + ", thinking", arm.arm().latency().inference()));
      table.row(constants(arm.arm().name() + ", answer", arm.arm().latency().answer()));
    }
    return table;
  }

  private static List<String> constants(String name, LatencyConstants latency) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%.6f", latency.overheadSeconds()),
        String.format(Locale.ROOT, "%.8f", latency.secondsPerPromptToken()),
        String.format(Locale.ROOT, "%.8f", latency.secondsPerCompletionToken()));
  }

  /** The sessions of each recording, in the order of the plays. */
  static Map<String, List<SessionFigures>> byRecording(ReplayReport report) {
    return report.sessions().stream()
        .collect(
            Collectors.groupingBy(
                one -> one.play().recording().id(), LinkedHashMap::new, Collectors.toList()));
  }

  private static String points(Optional<Double> ours, Optional<Double> theirs) {
    return ours.flatMap(
            one -> theirs.map(other -> String.format(Locale.ROOT, "%+.1f", (one - other) * 100)))
        .orElse("-");
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
