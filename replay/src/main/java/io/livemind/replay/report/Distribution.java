package io.livemind.replay.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * Some measured seconds, summed up. Percentiles are by nearest rank: each is a value that was
 * measured.
 */
public record Distribution(
    int count,
    double meanSeconds,
    double p50Seconds,
    double p90Seconds,
    double p95Seconds,
    double p99Seconds,
    double maximumSeconds) {

  /** Empty if there is no value. */
  public static Optional<Distribution> of(double[] seconds) {
    if (seconds.length == 0) return Optional.empty();
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return Optional.of(
        new Distribution(
            sorted.length,
            Arrays.stream(sorted).average().orElseThrow(),
            rank(sorted, 50),
            rank(sorted, 90),
            rank(sorted, 95),
            rank(sorted, 99),
            sorted[sorted.length - 1]));
  }

  private static double rank(double[] sorted, int percent) {
    int rank = Math.ceilDiv(sorted.length * percent, 100);
    return sorted[Math.max(1, rank) - 1];
  }
}
