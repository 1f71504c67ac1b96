package io.livemind.replay.latency;

import io.livemind.replay.recording.ModelReply;

/**
 * The time of a model call as a function of its tokens, from the request's arrival to the last
 * token. None is negative: a call takes no less time than none.
 *
 * @param overheadSeconds of each call (a)
 * @param secondsPerPromptToken prefill (b)
 * @param secondsPerCompletionToken decode (c)
 */
public record LatencyConstants(
    double overheadSeconds, double secondsPerPromptToken, double secondsPerCompletionToken) {
  public LatencyConstants {
    check("overhead", overheadSeconds);
    check("time per prompt token", secondsPerPromptToken);
    check("time per completion token", secondsPerCompletionToken);
  }

  /** The modelled time of a call, in seconds. */
  public double secondsFor(ModelReply reply) {
    return overheadSeconds
        + secondsPerPromptToken * reply.promptTokens()
        + secondsPerCompletionToken * reply.completionTokens();
  }

  private static void check(String name, double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0)
      throw new IllegalArgumentException(name + " must be 0 s or more, is " + seconds);
  }
}
