package io.livemind.cli.study;

import io.livemind.replay.Arm;
import io.livemind.replay.report.ArmFigures;
import io.livemind.replay.report.Distribution;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ServedModels.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A study as a page of Markdown and a plot. */
final class StudyPage {
  private final Study study;
  private final ReplayReport report;
  private final String command;
  private final int recordings;
  private final double longestSeconds;

  StudyPage(
      Study study, ReplayReport report, String command, int recordings, double longestSeconds) {
    this.study = study;
    this.report = report;
    this.command = command;
    this.recordings = recordings;
    this.longestSeconds = longestSeconds;
  }

  /** The page; it expects the plot beside it. */
  String markdown() {
    var text = new StringBuilder(head(study.title(), study.question(), command));
    text.append("![").append(study.title()).append("](").append(study.name()).append(".svg)\n\n");
    text.append(table()).append('\n');
    text.append(told()).append('\n');
    return text.toString();
  }

  /** The beginning of a page: what is asked, and how it was found out. */
  static String head(String title, String question, String command) {
    return """
    # %s

    %s

    ```
    %s
    ```

    Measured on %s.

    """
        .formatted(title, question, command, Machine.here().text());
  }

  /** The plot: the mean latency, or what the study is about. */
  String svg() {
    boolean perSecond = study.costs();
    boolean cached = study.modelsWithCache();
    var chart =
        perSecond
            ? new SvgChart("Tokens more than conventional, for each saved second", "tokens")
            : cached
                ? new SvgChart("Prompt tokens taken from the prefix cache", "%")
                : new SvgChart("From submit to the end of the answer, mean", "s");
    for (Variant variant : study.variants()) {
      if (perSecond)
        tokensPerSecond(variant).ifPresent(value -> chart.add("tokens", variant.place(), value));
      else if (cached)
        figures(variant.arm())
            .tokens()
            .ifPresent(tokens -> chart.add("cached", variant.place(), cachedShare(tokens) * 100));
      else
        mean(variant.arm())
            .ifPresent(seconds -> chart.add(variant.series(), variant.place(), seconds));
    }
    return chart.svg();
  }

  private String table() {
    boolean extremes = study.variants().stream().anyMatch(Variant::interpolated);
    var text = new StringBuilder("| " + study.place() + " | | sessions | failed | first token s");
    text.append(madeUp() ? " |" : " | mean s | p95 s |");
    if (extremes) text.append(" mean s, live length | mean s, conventional length |");
    text.append(" inferences | prompt tokens | cached |");
    if (!madeUp()) text.append(" reply tokens | wasted |");
    if (study.costs()) text.append(" more a saved second | wasted a saved second |");
    long columns = text.chars().filter(c -> c == '|').count() - 1;
    text.append("\n|---|---|").append("---:|".repeat((int) columns - 2)).append('\n');
    for (Variant variant : study.variants()) text.append(row(variant, extremes));
    return text.toString();
  }

  private String row(Variant variant, boolean extremes) {
    ArmFigures figures = figures(variant.arm());
    double sessions = Math.max(1, figures.sessions());
    var row = new StringBuilder();
    row.append(format("| %s | %s | ", variant.place(), variant.series()));
    row.append(format("%d | %d | ", figures.sessions(), figures.failed()));
    row.append(seconds(figures.firstToken().map(Distribution::meanSeconds).map(this::unscaled)));
    row.append(" |");
    if (!madeUp()) {
      row.append(format(" %s | ", seconds(mean(variant.arm()))));
      row.append(seconds(figures.latency().map(Distribution::p95Seconds).map(this::unscaled)));
      row.append(" |");
    }
    if (extremes) {
      Optional<Arm> shortest =
          Optional.of(variant).filter(Variant::interpolated).map(Variant::shortest);
      Optional<Arm> longest =
          Optional.of(variant).filter(Variant::interpolated).map(Variant::longest);
      row.append(' ').append(seconds(shortest.flatMap(this::mean))).append(" | ");
      row.append(seconds(longest.flatMap(this::mean))).append(" |");
    }
    row.append(format(" %.1f |", figures.meanInferenceCalls()));
    Optional<Tokens> tokens = figures.tokens();
    row.append(whole(tokens.map(one -> one.prompt() / sessions)));
    row.append(tokens.map(one -> format(" %.0f %% |", cachedShare(one) * 100)).orElse(" - |"));
    if (!madeUp()) {
      row.append(whole(tokens.map(one -> one.completion() / sessions)));
      row.append(whole(tokens.map(one -> one.wasted() / sessions)));
    }
    if (study.costs()) {
      row.append(whole(tokensPerSecond(variant)));
      row.append(whole(wastedPerSecond(variant)));
    }
    return row.append('\n').toString();
  }

  /** Then their length, and the time to their end, say nothing of a model. */
  private boolean madeUp() {
    return study.modelsWithCache();
  }

  private String told() {
    var text = new StringBuilder();
    text.append(
        format(
            "* %d of the published recordings, evenly from the file, of those that were typed in"
                + " %.0f s or less; every arm plays each.%n",
            recordings, longestSeconds));
    if (report.speed() != 1)
      text.append(
          format(
              "* Typing and models were %.0f times as fast. Seconds are the measured ones times %.0f,"
                  + " so what the pipeline adds counts %.0f times.%n",
              report.speed(), report.speed(), report.speed()));
    if (study.variants().stream().anyMatch(Variant::interpolated))
      text.append(
          "* Where less was thought than in the recorded run, the length of the simulated answer"
              + " lies between that of the conventional and that of the live answer, by the share of"
              + " sentences that a thinking call had read; an answer without memory has the"
              + " conventional length. The two extremes stand beside it. Nothing is said about how"
              + " good such answers would be.\n");
    text.append("* Tokens and inferences are means of a session");
    text.append(
        madeUp()
            ? ". Replies are made up: how long they are, and so when they end, says nothing.\n"
            : "; wasted tokens belong to calls that came to nothing.\n");
    if (study.costs())
      text.append(
          "* A saved second is one of baseline-llm, in this sample. Shorter prompts cost fewer tokens"
              + " to think about: over all recordings it costs more, and against baseline-slm, which"
              + " has less to save, much more; both stand below.\n");
    report
        .overhead()
        .ifPresent(
            overhead ->
                text.append(
                    format(
                        "* What the pipeline added: p50 %.1f ms, p99 %.1f ms, as measured.%n",
                        overhead.p50Seconds() * 1_000, overhead.p99Seconds() * 1_000)));
    report.notes().forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString();
  }

  /** Tokens more than the baseline's for each second that the mean answer comes earlier. */
  private Optional<Double> tokensPerSecond(Variant variant) {
    return baseline(variant)
        .flatMap(
            theirs -> {
              ArmFigures ours = figures(variant.arm());
              return perSavedSecond(
                  theirs, ours, each(ours, Tokens::all) - each(theirs, Tokens::all));
            });
  }

  private Optional<Double> wastedPerSecond(Variant variant) {
    return baseline(variant)
        .flatMap(
            theirs -> {
              ArmFigures ours = figures(variant.arm());
              return perSavedSecond(theirs, ours, each(ours, Tokens::wasted));
            });
  }

  private Optional<ArmFigures> baseline(Variant variant) {
    return variant.arm().baselines().stream()
        .findFirst()
        .flatMap(
            name -> report.arms().stream().filter(arm -> arm.arm().name().equals(name)).findFirst())
        .filter(theirs -> theirs.tokens().isPresent())
        .filter(ignored -> figures(variant.arm()).tokens().isPresent());
  }

  private static double each(ArmFigures arm, ToLongFunction<Tokens> count) {
    return (double) count.applyAsLong(arm.tokens().orElseThrow()) / arm.sessions();
  }

  /** Empty where nothing was saved. */
  private Optional<Double> perSavedSecond(ArmFigures theirs, ArmFigures ours, double tokens) {
    return mean(theirs.arm())
        .flatMap(other -> mean(ours.arm()).map(one -> other - one))
        .filter(seconds -> seconds > 0)
        .map(seconds -> tokens / seconds);
  }

  private Optional<Double> mean(Arm arm) {
    return figures(arm).latency().map(Distribution::meanSeconds).map(this::unscaled);
  }

  private double unscaled(double measured) {
    return measured * report.speed();
  }

  private ArmFigures figures(Arm arm) {
    return report.arms().stream()
        .filter(figures -> figures.arm().name().equals(arm.name()))
        .findFirst()
        .orElseThrow();
  }

  private static double cachedShare(Tokens tokens) {
    return tokens.prompt() == 0 ? 0 : (double) tokens.cached() / tokens.prompt();
  }

  private static String seconds(Optional<Double> value) {
    return value.map(seconds -> format("%.2f", seconds)).orElse("-");
  }

  private static String whole(Optional<Double> value) {
    return value.map(number -> format(" %.0f |", number)).orElse(" - |");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** The names of all studies, for help. */
  static List<String> names() {
    return Studies.all().stream().map(Study::name).toList();
  }
}
