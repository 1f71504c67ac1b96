package io.livemind.simulator;

import java.util.List;

/**
 * The time of one model call as a function of its tokens:
 *
 * <pre>seconds = overhead + uncached prompt tokens × prefill + completion tokens × decode</pre>
 *
 * from the arrival of the request to the last token. The first token leaves after overhead, prefill
 * and one decode. None of the three is negative: a call takes no less time than none.
 *
 * @param overheadSeconds of each call
 * @param secondsPerPromptToken prefill, for prompt tokens that no cache holds
 * @param secondsPerCompletionToken decode
 */
public record LatencyModel(
    double overheadSeconds, double secondsPerPromptToken, double secondsPerCompletionToken) {
  /** Answers at once: for tests of what has nothing to do with time. */
  public static final LatencyModel INSTANT = new LatencyModel(0, 0, 0);

  public LatencyModel {
    check("overheadSeconds", overheadSeconds);
    check("secondsPerPromptToken", secondsPerPromptToken);
    check("secondsPerCompletionToken", secondsPerCompletionToken);
  }

  /**
   * Calls that were timed together.
   *
   * @param calls how many, at least 1
   * @param promptTokens of all of them
   * @param completionTokens of all of them
   * @param seconds that they took, one after the other
   */
  public record Sample(int calls, long promptTokens, long completionTokens, double seconds) {
    public Sample {
      if (calls < 1) throw new IllegalArgumentException("calls must be 1 or more, are " + calls);
      if (promptTokens < 0 || completionTokens < 0)
        throw new IllegalArgumentException("tokens of a sample must be 0 or more");
      check("seconds", seconds);
    }
  }

  /** Seconds from the arrival of a request to its last token. */
  public double secondsFor(long uncachedPromptTokens, long completionTokens) {
    return overheadSeconds
        + uncachedPromptTokens * secondsPerPromptToken
        + completionTokens * secondsPerCompletionToken;
  }

  /** Seconds that the calls of a sample take by this model. */
  public double secondsFor(Sample sample) {
    return sample.calls() * overheadSeconds
        + sample.promptTokens() * secondsPerPromptToken
        + sample.completionTokens() * secondsPerCompletionToken;
  }

  /**
   * The model that fits recorded times best, by weighted least squares with no constant below 0.
   *
   * @param samples at least three, of different shape
   * @throws IllegalArgumentException if the samples do not tell the three constants apart
   */
  public static LatencyModel fit(List<Sample> samples) {
    return LeastSquares.fit(samples);
  }

  private static void check(String name, double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0)
      throw new IllegalArgumentException(name + " must be 0 s or more, is " + seconds);
  }
}
