package io.livemind.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The median of paired ratios with its bootstrap 95 % interval.
 *
 * @param median of the ratios
 * @param low 2.5 % of the medians of resampled ratios lie below
 * @param high 2.5 % of them lie above
 * @param pairs how many ratios there are
 */
public record MedianRatio(double median, double low, double high, int pairs) {
  private static final int RESAMPLES = 10_000;
  private static final long SEED = 20_261_126;

  /**
   * The ratio of the pairs.
   *
   * @param ratios one a pair of windows, at least one
   */
  public static MedianRatio of(List<Double> ratios) {
    if (ratios.isEmpty()) throw new IllegalArgumentException("a median needs at least one ratio");
    double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
    var random = new Random(SEED);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[values.length];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < resample.length; j++) resample[j] = values[random.nextInt(values.length)];
      medians[i] = median(resample);
    }
    Arrays.sort(medians);
    return new MedianRatio(
        median(values.clone()),
        medians[(int) (RESAMPLES * 0.025)],
        medians[(int) (RESAMPLES * 0.975) - 1],
        values.length);
  }

  /** The median; sorts what it is given. */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** As it stands in a table: {@code 1.23 [1.20–1.27]}. */
  public String text() {
    return "%.2f [%.2f–%.2f]".formatted(median, low, high);
  }
}
