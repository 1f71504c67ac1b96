package io.livemind.simulator;

import io.livemind.simulator.LatencyModel.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighted least squares for three constants that are not negative.
 *
 * <p>A squared error weighs one over the seconds of its sample, since what varies from token to
 * token adds up with the length. Unweighted, a few runs of thousands of tokens decide, and calls of
 * 0.2 s come out some hundredths of a second wrong, which is much of them.
 *
 * <p>Where the free optimum has a negative constant, the best fit with constants at 0 is taken; all
 * choices of constants at 0 are tried, so that the result is the optimum.
 */
final class LeastSquares {
  private static final int CONSTANTS = 3;

  /** Relative size below which a pivot says that the samples do not tell the constants apart. */
  private static final double SINGULAR = 1e-12;

  /** No model call is shorter; bounds the weight of a sample. */
  private static final double SHORTEST_SECONDS = 0.001;

  private LeastSquares() {}

  static LatencyModel fit(List<Sample> samples) {
    double[][] normal = normalEquations(samples);
    if (samples.size() < CONSTANTS || solve(normal, (1 << CONSTANTS) - 1) == null)
      throw new IllegalArgumentException(
          "the "
              + samples.size()
              + " samples do not tell overhead, prefill and decode apart: give more, with different"
              + " numbers of tokens");
    LatencyModel best = LatencyModel.INSTANT;
    double leastError = squaredError(samples, best);
    for (int free = 1; free < 1 << CONSTANTS; free++) {
      double[] constants = solve(normal, free);
      if (constants == null || constants[0] < 0 || constants[1] < 0 || constants[2] < 0) continue;
      var candidate = new LatencyModel(constants[0], constants[1], constants[2]);
      double error = squaredError(samples, candidate);
      if (error >= leastError) continue;
      leastError = error;
      best = candidate;
    }
    return best;
  }

  private static double squaredError(List<Sample> samples, LatencyModel model) {
    double sum = 0;
    for (Sample sample : samples) {
      double error = model.secondsFor(sample) - sample.seconds();
      sum += weight(sample) * error * error;
    }
    return sum;
  }

  private static double weight(Sample sample) {
    return 1 / Math.max(sample.seconds(), SHORTEST_SECONDS);
  }

  /** Three rows of three coefficients and the right side. */
  private static double[][] normalEquations(List<Sample> samples) {
    var rows = new double[CONSTANTS][CONSTANTS + 1];
    for (Sample sample : samples) {
      double[] inputs = {sample.calls(), sample.promptTokens(), sample.completionTokens()};
      for (int i = 0; i < CONSTANTS; i++) {
        for (int j = 0; j < CONSTANTS; j++) rows[i][j] += weight(sample) * inputs[i] * inputs[j];
        rows[i][CONSTANTS] += weight(sample) * inputs[i] * sample.seconds();
      }
    }
    return rows;
  }

  /** The optimum over the constants whose bit is set in {@code free}, the others 0; or null. */
  private static double @Nullable [] solve(double[][] normal, int free) {
    var rows = new double[CONSTANTS][];
    for (int i = 0; i < CONSTANTS; i++) {
      boolean kept = (free & 1 << i) != 0;
      rows[i] = new double[CONSTANTS + 1];
      if (!kept) rows[i][i] = 1;
      else
        for (int j = 0; j <= CONSTANTS; j++)
          if (j == CONSTANTS || (free & 1 << j) != 0) rows[i][j] = normal[i][j];
    }
    return eliminate(rows) ? new double[] {rows[0][3], rows[1][3], rows[2][3]} : null;
  }

  /** Gauss-Jordan with the diagonal as pivots: the matrix is symmetric and not negative. */
  private static boolean eliminate(double[][] rows) {
    for (int pivot = 0; pivot < CONSTANTS; pivot++) {
      double original = Math.abs(rows[pivot][pivot]);
      for (int above = 0; above < pivot; above++) {
        double factor = rows[pivot][above];
        for (int j = above; j <= CONSTANTS; j++) rows[pivot][j] -= factor * rows[above][j];
      }
      double divisor = rows[pivot][pivot];
      if (!(divisor > SINGULAR * original)) return false;
      for (int j = pivot; j <= CONSTANTS; j++) rows[pivot][j] /= divisor;
    }
    for (int row = CONSTANTS - 2; row >= 0; row--)
      for (int j = row + 1; j < CONSTANTS; j++)
        rows[row][CONSTANTS] -= rows[row][j] * rows[j][CONSTANTS];
    return true;
  }
}
