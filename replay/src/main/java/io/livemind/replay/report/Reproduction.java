package io.livemind.replay.report;

import io.livemind.replay.latency.TimedCalls;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Whether a replay at recorded speed shows what the recorded runs have shown. Three kinds of
 * figures are kept apart: the simulated models alone, what the pipeline adds, and both together.
 *
 * <p>Classes of fewer than {@value #FEWEST_JUDGED} recordings are shown, not judged.
 */
public final class Reproduction {
  /** Recordings of a class of length. */
  public static final int FEWEST_JUDGED = 20;

  private static final double RECORDED_SPEED = 1;
  private static final double POINTS = 100;
  private static final double MILLIS = 1_000;

  private static final double MODEL_MEDIAN_SECONDS = 0.05;
  private static final double MODEL_MEAN_PERCENT = 2;
  private static final double MODEL_CUT_POINTS = 0.6;
  private static final double PIPELINE_P50_MILLIS = 10;
  private static final double WHOLE_MEAN_PERCENT = 3;
  private static final double WHOLE_MEAN_MILLIS = 30;
  private static final double WHOLE_CUT_POINTS = 0.5;
  private static final double WHOLE_CLASS_POINTS = 1.5;

  private Reproduction() {}

  /**
   * One comparison.
   *
   * @param name what is compared
   * @param wanted the bound
   * @param found the worst of what was found
   * @param met whether it is within the bound
   */
  public record Target(String name, String wanted, String found, boolean met) {}

  /**
   * Empty where the recorded runs cannot be compared with: another speed, unknown service times.
   */
  public static List<Target> targets(ReplayReport report) {
    List<ArmFigures> arms =
        report.arms().stream()
            .filter(arm -> arm.recordedMeanSeconds().isPresent())
            .filter(arm -> arm.modelMeanSeconds().isPresent())
            .toList();
    if (report.speed() != RECORDED_SPEED || arms.isEmpty()) return List.of();
    var targets = new ArrayList<Target>();
    targets.add(answers(report));
    targets.add(calls(report));
    targets.add(
        percent(
            "model: mean of each arm",
            MODEL_MEAN_PERCENT,
            arms.stream().mapToDouble(arm -> off(arm, arm.modelMeanSeconds()))));
    points("model: cut in each class", MODEL_CUT_POINTS, modelCuts(report)).ifPresent(targets::add);
    report.overhead().ifPresent(overhead -> targets.add(pipeline(overhead)));
    targets.add(wholeMeans(arms));
    points("end to end: cut over all", WHOLE_CUT_POINTS, wholeCuts(report, true))
        .ifPresent(targets::add);
    points("end to end: cut in each class", WHOLE_CLASS_POINTS, wholeCuts(report, false))
        .ifPresent(targets::add);
    return targets;
  }

  private static Target answers(ReplayReport report) {
    int sessions = report.arms().stream().mapToInt(ArmFigures::sessions).sum();
    int equal = report.arms().stream().mapToInt(ArmFigures::equalToRecorded).sum();
    return new Target(
        "answers equal to the recorded ones",
        sessions + " of " + sessions,
        equal + " of " + sessions,
        equal == sessions);
  }

  /** The latency model alone, without any replay: its times against those of the recorded calls. */
  private static Target calls(ReplayReport report) {
    double worst = 0;
    for (ArmFigures arm : report.arms()) {
      List<Recording> played =
          report.sessions().stream()
              .map(SessionFigures::play)
              .filter(play -> play.arm().name().equals(arm.arm().name()))
              .map(Play::recording)
              .toList();
      TimedCalls timed = TimedCalls.of(played, arm.arm().outputs());
      worst = Math.max(worst, timed.medianErrorSeconds(arm.arm().latency()));
    }
    return new Target(
        "model: median error of each arm's calls",
        format("≤ %.2f s", MODEL_MEDIAN_SECONDS),
        format("%.3f s at most", worst),
        worst <= MODEL_MEDIAN_SECONDS);
  }

  private static Target pipeline(Distribution overhead) {
    double millis = overhead.p50Seconds() * MILLIS;
    return new Target(
        "pipeline: latency without service times, p50",
        format("≤ %.0f ms", PIPELINE_P50_MILLIS),
        format("%.1f ms", millis),
        millis <= PIPELINE_P50_MILLIS);
  }

  private static Target wholeMeans(List<ArmFigures> arms) {
    boolean met = true;
    double worst = 0;
    for (ArmFigures arm : arms) {
      double ours = arm.latency().orElseThrow().meanSeconds();
      double percent = off(arm, OptionalDouble.of(ours));
      double millis = Math.abs(ours - arm.recordedMeanSeconds().orElseThrow()) * MILLIS;
      met &= percent <= WHOLE_MEAN_PERCENT || millis <= WHOLE_MEAN_MILLIS;
      worst = Math.max(worst, percent);
    }
    return new Target(
        "end to end: mean of each arm",
        format("within %.0f %% or %.0f ms", WHOLE_MEAN_PERCENT, WHOLE_MEAN_MILLIS),
        format("%.2f %% at most", worst),
        met);
  }

  private static Stream<Cut.LengthClass> judged(ReplayReport report) {
    return report.cuts().stream()
        .flatMap(cut -> cut.classes().stream())
        .filter(one -> one.recordings() >= FEWEST_JUDGED)
        .filter(one -> one.recorded().isPresent());
  }

  private static DoubleStream modelCuts(ReplayReport report) {
    return judged(report)
        .filter(one -> one.model().isPresent())
        .mapToDouble(one -> one.model().orElseThrow() - one.recorded().orElseThrow());
  }

  private static DoubleStream wholeCuts(ReplayReport report, boolean overAll) {
    return judged(report)
        .filter(one -> one.moreThanCalls() == 0 == overAll)
        .mapToDouble(one -> one.measured() - one.recorded().orElseThrow());
  }

  private static Target percent(String name, double bound, DoubleStream found) {
    double worst = found.max().orElse(0);
    return new Target(
        name, format("within %.0f %%", bound), format("%.2f %% at most", worst), worst <= bound);
  }

  private static Optional<Target> points(String name, double bound, DoubleStream differences) {
    OptionalDouble worst = differences.map(difference -> Math.abs(difference) * POINTS).max();
    return worst.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Target(
                name,
                format("within %.1f points", bound),
                format("%.2f points at most", worst.getAsDouble()),
                worst.getAsDouble() <= bound));
  }

  /** In percent of the recorded mean. */
  private static double off(ArmFigures arm, OptionalDouble seconds) {
    double recorded = arm.recordedMeanSeconds().orElseThrow();
    return Math.abs(seconds.orElseThrow() / recorded - 1) * POINTS;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
