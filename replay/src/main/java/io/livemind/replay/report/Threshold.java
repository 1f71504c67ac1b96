package io.livemind.replay.report;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on a figure of a report that must not be crossed, as {@code live-llm.latency.p95 > 2s}:
 * the replay has failed where that is true.
 *
 * <pre>
 * ARM.latency|first-token|overhead.mean|p50|p90|p95|p99|max  >|< NUMBER s|ms
 * ARM.failed|different|violations                            >|< NUMBER
 * ARM.cut                                                    >|< NUMBER %     against its first baseline
 * </pre>
 *
 * @param text as it was written
 * @param arm name
 * @param figure of the arm
 * @param statistic of a figure that has several; else empty
 * @param above whether the bound is an upper one
 * @param bound in seconds, or a share, or a count
 */
public record Threshold(
    String text, String arm, String figure, String statistic, boolean above, double bound) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?<arm>.+?)\\.(?:(?<figure>latency|first-token|overhead)\\.(?<statistic>[a-z0-9]+)"
              + "|(?<count>failed|different|violations|cut))"
              + "\\s*(?<sign>[<>])\\s*(?<bound>[0-9]+(?:\\.[0-9]+)?)\\s*(?<unit>s|ms|%)?\\s*");

  private static final Map<String, ToDoubleFunction<Distribution>> STATISTICS =
      Map.of(
          "mean", Distribution::meanSeconds,
          "p50", Distribution::p50Seconds,
          "p90", Distribution::p90Seconds,
          "p95", Distribution::p95Seconds,
          "p99", Distribution::p99Seconds,
          "max", Distribution::maximumSeconds);

  private static final Set<String> TIMES = Set.of("s", "ms");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException telling the form, if it is none
   */
  public static Threshold parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) throw wrong(text);
    Optional<String> figure = Optional.ofNullable(parts.group("figure"));
    String named = figure.orElseGet(() -> parts.group("count"));
    String statistic = figure.isPresent() ? parts.group("statistic") : "";
    String unit = Optional.ofNullable(parts.group("unit")).orElse("");
    boolean fits =
        figure.isPresent()
            ? TIMES.contains(unit) && STATISTICS.containsKey(statistic)
            : unit.equals(named.equals("cut") ? "%" : "");
    if (!fits) throw wrong(text);
    double number = Double.parseDouble(parts.group("bound"));
    double bound =
        switch (unit) {
          case "ms" -> number / 1_000;
          case "%" -> number / 100;
          default -> number;
        };
    return new Threshold(
        text.strip(), parts.group("arm"), named, statistic, parts.group("sign").equals(">"), bound);
  }

  /**
   * What to tell if the bound is crossed, or the figure is not there to be compared.
   *
   * @return empty if the replay keeps to it
   */
  public Optional<String> crossedBy(ReplayReport report) {
    OptionalDouble found = found(report);
    if (found.isEmpty()) return Optional.of(text + ": the replay has no such figure");
    double value = found.getAsDouble();
    boolean crossed = above ? value > bound : value < bound;
    return crossed
        ? Optional.of(text + ": it is " + String.format(Locale.ROOT, "%.6g", value) + unit())
        : Optional.empty();
  }

  private String unit() {
    return switch (figure) {
      case "latency", "first-token", "overhead" -> " s";
      case "cut" -> " (1 is 100 %)";
      default -> "";
    };
  }

  private OptionalDouble found(ReplayReport report) {
    Optional<ArmFigures> figures =
        report.arms().stream().filter(one -> one.arm().name().equals(arm)).findFirst();
    if (figures.isEmpty()) return OptionalDouble.empty();
    ArmFigures found = figures.get();
    return switch (figure) {
      case "latency" -> statistic(found.latency());
      case "first-token" -> statistic(found.firstToken());
      case "overhead" -> statistic(found.overhead());
      case "failed" -> OptionalDouble.of(found.failed());
      case "different" -> OptionalDouble.of(found.differentFromRecorded());
      case "violations" ->
          found.counts().stream().mapToDouble(ServedModels.Counts::violations).findFirst();
      default -> cut(report);
    };
  }

  private OptionalDouble statistic(Optional<Distribution> distribution) {
    ToDoubleFunction<Distribution> wanted = STATISTICS.getOrDefault(statistic, one -> Double.NaN);
    return distribution.stream().mapToDouble(wanted).findFirst();
  }

  private OptionalDouble cut(ReplayReport report) {
    return report.cuts().stream()
        .filter(cut -> cut.arm().equals(arm))
        .flatMap(cut -> cut.classes().stream())
        .mapToDouble(Cut.LengthClass::measured)
        .findFirst();
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\""
            + text
            + "\" is no threshold: write ARM.latency.p95 > 2s (also first-token, overhead; mean, p50,"
            + " p90, p95, p99, max; <; ms), ARM.cut < 50%, or ARM.failed > 0 (also different,"
            + " violations)");
  }
}
