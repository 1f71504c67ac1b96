package io.livemind.replay.latency;

import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the latency constants that fit recorded times best: the least sum of absolute errors, each
 * divided by the square root of the recorded seconds, since what varies from token to token adds up
 * with the length.
 *
 * <p>Absolute, not squared: about one run in ten took longer than its tokens explain, and with
 * squares those decide, so that the typical call comes out some hundredths of a second wrong.
 * Unweighted, a few runs of 4,096 tokens decide, and calls of 0.2 s come out wrong. Found by least
 * squares that are weighted anew by the errors of the round before.
 *
 * <p>Constants are not negative: where the free optimum has a negative one, the best fit with that
 * constant at 0 is taken (all eight choices of constants at 0 are tried, so the result is the
 * optimum). Time that a session waited for a running inference is no model time and is taken off
 * first. Thinking calls were timed only together, so a sample is a turn, not a call.
 *
 * <p>Threading: stateless.
 */
public final class LatencyFit {
  private static final int CONSTANTS = 3;

  /** Relative size below which a pivot means that the samples do not tell the constants apart. */
  private static final double SINGULAR = 1e-12;

  /** No model call is shorter; bounds the weight of a sample. */
  private static final double SHORTEST_SECONDS = 0.001;

  /** An error below this is none; bounds the weight of a sample that fits. */
  private static final double SMALLEST_ERROR_SECONDS = 0.0001;

  /** The sixth digit of the constants of 1,117 sessions stands still from about the 60th on. */
  private static final int ROUNDS = 100;

  private LatencyFit() {}

  /**
   * Calls that were timed together.
   *
   * @param calls how many
   * @param promptTokens of all of them
   * @param completionTokens of all of them
   * @param seconds that they took together
   */
  public record Sample(double calls, double promptTokens, double completionTokens, double seconds) {

    /** The sample of some calls. */
    public static Sample of(List<ModelReply> replies, double seconds) {
      double prompt = replies.stream().mapToLong(ModelReply::promptTokens).sum();
      double completion = replies.stream().mapToLong(ModelReply::completionTokens).sum();
      return new Sample(replies.size(), prompt, completion, seconds);
    }

    /** What a second of error weighs. */
    private double weight() {
      return 1 / Math.sqrt(Math.max(seconds, SHORTEST_SECONDS));
    }

    private double[] inputs() {
      return new double[] {calls, promptTokens, completionTokens};
    }
  }

  /**
   * The constants that fit best.
   *
   * @return empty if there is no sample, or the samples do not tell the constants apart
   */
  public static Optional<LatencyConstants> fit(List<Sample> samples) {
    double[] weights = samples.stream().mapToDouble(Sample::weight).toArray();
    Optional<LatencyConstants> found = leastSquares(samples, weights);
    for (int round = 1; round < ROUNDS && found.isPresent(); round++) {
      for (int i = 0; i < weights.length; i++) {
        double error = Math.abs(error(samples.get(i), found.get()));
        weights[i] = samples.get(i).weight() / Math.max(error, SMALLEST_ERROR_SECONDS);
      }
      found = leastSquares(samples, weights);
    }
    return found;
  }

  /** All choices of constants at 0 are tried; the best one without a negative constant is taken. */
  private static Optional<LatencyConstants> leastSquares(List<Sample> samples, double[] weights) {
    Optional<LatencyConstants> best = Optional.empty();
    double leastError = Double.POSITIVE_INFINITY;
    for (int free = 1; free < 1 << CONSTANTS; free++) {
      Optional<LatencyConstants> candidate = leastSquares(samples, weights, free);
      if (candidate.isEmpty()) continue;
      double sum = squaredError(samples, weights, candidate.get());
      if (sum >= leastError) continue;
      leastError = sum;
      best = candidate;
    }
    return best;
  }

  /**
   * The constants of one arm, from the recorded figures of all turns that have them.
   *
   * @return empty if there are too few
   */
  public static Optional<ArmLatency> ofArm(List<Recording> recordings, String outputs) {
    TimedCalls calls = TimedCalls.of(recordings, outputs);
    Optional<LatencyConstants> answer = fit(calls.answers());
    if (calls.inferences().isEmpty())
      return answer.map(constants -> new ArmLatency(constants, constants));
    return fit(calls.inferences())
        .flatMap(thinking -> answer.map(answering -> new ArmLatency(thinking, answering)));
  }

  private static double squaredError(
      List<Sample> samples, double[] weights, LatencyConstants constants) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double error = error(samples.get(i), constants);
      sum += weights[i] * error * error;
    }
    return sum;
  }

  private static double error(Sample sample, LatencyConstants constants) {
    return predict(sample, constants) - sample.seconds();
  }

  /** The modelled time of the calls of a sample, in seconds. */
  public static double predict(Sample sample, LatencyConstants constants) {
    return sample.calls() * constants.overheadSeconds()
        + sample.promptTokens() * constants.secondsPerPromptToken()
        + sample.completionTokens() * constants.secondsPerCompletionToken();
  }

  /** Least squares over the constants whose bit is set in {@code free}; the others are 0. */
  private static Optional<LatencyConstants> leastSquares(
      List<Sample> samples, double[] weights, int free) {
    int[] columns = columns(free);
    var normal = new double[columns.length][columns.length + 1];
    for (int sample = 0; sample < weights.length; sample++) {
      double[] inputs = samples.get(sample).inputs();
      double seconds = samples.get(sample).seconds();
      double weight = weights[sample];
      for (int i = 0; i < columns.length; i++) {
        for (int j = 0; j < columns.length; j++)
          normal[i][j] += weight * inputs[columns[i]] * inputs[columns[j]];
        normal[i][columns.length] += weight * inputs[columns[i]] * seconds;
      }
    }
    if (!eliminate(normal)) return Optional.empty();
    var constants = new double[CONSTANTS];
    for (int i = 0; i < columns.length; i++) constants[columns[i]] = normal[i][columns.length];
    boolean possible = Arrays.stream(constants).allMatch(value -> value >= 0);
    return possible
        ? Optional.of(new LatencyConstants(constants[0], constants[1], constants[2]))
        : Optional.empty();
  }

  private static int[] columns(int free) {
    int[] columns = new int[Integer.bitCount(free)];
    int next = 0;
    for (int column = 0; column < CONSTANTS; column++)
      if ((free & 1 << column) != 0) columns[next++] = column;
    return columns;
  }

  /** Gauss-Jordan with the diagonal as pivots: the matrix is symmetric and not negative. */
  private static boolean eliminate(double[][] rows) {
    for (int pivot = 0; pivot < rows.length; pivot++) {
      double[] pivotRow = rows[pivot];
      double scale = Arrays.stream(pivotRow).map(Math::abs).max().orElse(0);
      double divisor = pivotRow[pivot];
      if (!(divisor > SINGULAR * scale) || divisor == 0) return false;
      for (int column = 0; column < pivotRow.length; column++) pivotRow[column] /= divisor;
      for (double[] row : rows) {
        if (row == pivotRow) continue;
        double factor = row[pivot];
        for (int column = 0; column < row.length; column++)
          row[column] -= factor * pivotRow[column];
      }
    }
    return true;
  }
}
