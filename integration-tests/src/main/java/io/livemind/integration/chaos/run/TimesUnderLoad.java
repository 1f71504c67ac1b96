package io.livemind.integration.chaos.run;

import io.livemind.cli.study.Machine;
import io.livemind.integration.chaos.check.Bystanders;
import io.livemind.integration.chaos.process.PlantedBug;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one run is too short for: whether bad records and sessions slow the others (G7), and how
 * much is answered at twice the load (G9). Both are compared within each run, over many runs.
 */
final class TimesUnderLoad {
  private static final double[] PARTS = {0.5, 0.9, 0.99};
  private static final int RESAMPLES = 2_000;

  /** Of each phase: whoever came at its beginning has typed by then, and been answered. */
  private static final long STEADY_MILLIS = Loads.PHASE.toMillis() - 8_000;

  private final Series series;
  private final int rounds;
  private final Crowd crowd;

  TimesUnderLoad(Series series, int rounds, Crowd crowd) {
    this.series = series;
    this.rounds = rounds;
    this.crowd = crowd;
  }

  void measure() throws InterruptedException {
    List<Series.Step> steps =
        LongStream.rangeClosed(1, rounds)
            .boxed()
            .flatMap(
                seed ->
                    Stream.of(Case.POISON, Case.OVERLOAD)
                        .map(chaosCase -> new Series.Step(chaosCase, seed, crowd)))
            .toList();
    series.all(new Cluster.Size(1, 2, 1, 2, 2, PlantedBug.NONE), steps);
  }

  /** The page, for as much as was measured. */
  String page(String command) {
    var page = new StringBuilder("# Under bad records, and at twice the load\n\n");
    page.append(
        "`%s`, %s. The models are simulated.\n\n".formatted(command, Machine.here().text()));
    bystanders(page);
    goodput(page);
    long bad = series.finished().stream().filter(Run::bad).count();
    return page.append(
            "\nOf %d runs %d broke a promise or came to no end.\n"
                .formatted(series.finished().size(), bad))
        .toString();
  }

  private void bystanders(StringBuilder page) {
    List<List<Long>> before = samples(run -> Bystanders.before(run.history(), Loads.POISON));
    List<List<Long>> after = samples(run -> Bystanders.after(run.history(), Loads.POISON));
    page.append(
        """
        ## Bystanders (G7)

        Records that are none on each topic, and sessions that say a lot, out of order, and submit what they never typed. From the submit
        of the others to their whole answer, ms:

        | answered | turns | p50 | p90 | p99 |
        |---|---|---|---|---|
        """);
    row(page, "before", pooled(before));
    row(page, "after", pooled(after));
    if (pooled(before).isEmpty() || pooled(after).isEmpty()) return;
    page.append("\nRatio of the p99s, with the bootstrap 95 % interval over turns: ");
    page.append(
        interval(
            (one, other) -> quantile(other, 0.99) / quantile(one, 0.99),
            pooled(before),
            pooled(after)));
    page.append("; promised: at most 1.2.\n\n");
  }

  private void goodput(StringBuilder page) {
    List<double[]> rates =
        series.finished().stream()
            .filter(run -> run.chaosCase() == Case.OVERLOAD && !run.history().events().isEmpty())
            .map(TimesUnderLoad::rates)
            .toList();
    page.append(
        """
        ## Goodput (G9)

        Two workers of four places. People come as fast as these can answer, and then twice as fast; some type faster than they may.
        Answers that were whole, a second, once each phase has settled, mean over runs:

        | load | runs | answers a second |
        |---|---|---|
        """);
    ToDoubleFunction<Integer> mean =
        phase -> rates.stream().mapToDouble(rate -> rate[phase]).average().orElse(0);
    page.append(
        "| what they can do | %d | %.2f |\n".formatted(rates.size(), mean.applyAsDouble(0)));
    page.append("| twice that | %d | %.2f |\n".formatted(rates.size(), mean.applyAsDouble(1)));
    if (rates.isEmpty()) return;
    double[] ratios = rates.stream().mapToDouble(rate -> rate[1] / rate[0]).toArray();
    page.append("\nRatio, mean over runs with the bootstrap 95 % interval: ");
    var random = new Random(1);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      means[i] =
          random
              .ints(ratios.length, 0, ratios.length)
              .mapToDouble(at -> ratios[at])
              .average()
              .orElse(0);
    }
    page.append(told(Arrays.stream(ratios).average().orElse(0), means));
    page.append("; promised: at least 0.9.\n");
  }

  /** Answers a second in the steady part of both phases. */
  private static double[] rates(Run run) {
    long[] ends = Bystanders.answeredAt(run.history(), Loads.OVERLOAD).toArray();
    long end = Loads.PHASE.toMillis();
    double before = Arrays.stream(ends).filter(at -> at >= -STEADY_MILLIS && at < 0).count();
    double during = Arrays.stream(ends).filter(at -> at >= end - STEADY_MILLIS && at < end).count();
    return new double[] {before * 1_000 / STEADY_MILLIS, during * 1_000 / STEADY_MILLIS};
  }

  private List<List<Long>> samples(Function<Run, List<Long>> of) {
    return series.finished().stream()
        .filter(run -> run.chaosCase() == Case.POISON)
        .map(of)
        .toList();
  }

  private static List<Long> pooled(List<List<Long>> samples) {
    return samples.stream().flatMap(List::stream).sorted().toList();
  }

  private static void row(StringBuilder page, String label, List<Long> sorted) {
    page.append("| ").append(label).append(" | ").append(sorted.size());
    for (double part : PARTS) {
      page.append(" | ").append(sorted.isEmpty() ? "–" : "%,.0f".formatted(quantile(sorted, part)));
    }
    page.append(" |\n");
  }

  /** A ratio of two samples. */
  @FunctionalInterface
  private interface Ratio {
    double of(List<Long> one, List<Long> other);
  }

  private static String interval(Ratio ratio, List<Long> one, List<Long> other) {
    var random = new Random(1);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      drawn[i] = ratio.of(resampled(one, random), resampled(other, random));
    }
    return told(ratio.of(one, other), drawn);
  }

  private static List<Long> resampled(List<Long> sample, Random random) {
    List<Long> drawn = new ArrayList<>(sample.size());
    for (int i = 0; i < sample.size(); i++) drawn.add(sample.get(random.nextInt(sample.size())));
    drawn.sort(Long::compare);
    return drawn;
  }

  private static String told(double value, double[] drawn) {
    Arrays.sort(drawn);
    return "%.2f (%.2f to %.2f)"
        .formatted(value, drawn[drawn.length / 40], drawn[drawn.length - 1 - drawn.length / 40]);
  }

  private static double quantile(List<Long> sorted, double part) {
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * part) - 1));
  }
}
