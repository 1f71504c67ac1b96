package io.livemind.replay.latency;

/**
 * The latency constants of an arm, by what its calls are for.
 *
 * <p>The published ones were fitted by {@link RefitLatency} to 1,117 sessions of the LiveMind
 * experiments (arXiv 2406.14319, version 1; A100, 4-bit weights, one request at a time), arm by arm
 * and kind by kind: answer calls to latency − overhead, thinking calls to what is left of the
 * generation time, all of a session together. With them and no pipeline at all, each arm's mean
 * latency is within 0.2 % of the recorded one and each latency cut, in every class of length,
 * within 0.4 points.
 *
 * @param inference of the calls that think; in a conventional arm, which has none, those of the
 *     answer
 * @param answer of the calls that answer
 */
public record ArmLatency(LatencyConstants inference, LatencyConstants answer) {
  /** Llama-3-70B-Instruct on the whole prompt, step by step. */
  public static final ArmLatency BASELINE_LLM = same(0.123680, 0.00129022, 0.05290543);

  /** Llama-3-70B-Instruct thinks and answers. */
  public static final ArmLatency LIVE_LLM =
      new ArmLatency(
          new LatencyConstants(0.442039, 0.00065953, 0.05216955),
          new LatencyConstants(0.410377, 0.00068470, 0.05243216));

  /** Llama-3-70B-Instruct thinks, Llama-3-8B-Instruct answers. */
  public static final ArmLatency LIVE_LLM_SLM =
      new ArmLatency(
          new LatencyConstants(0.345297, 0.00071629, 0.05255464),
          new LatencyConstants(0.037006, 0.00009719, 0.01007631));

  /** Llama-3-8B-Instruct on the whole prompt, step by step. */
  public static final ArmLatency BASELINE_SLM = same(0, 0.00015439, 0.01000249);

  /**
   * Llama-3-70B-Instruct thinks in clauses and answers. Fitted to 801 sessions on estimated tokens
   * ({@link io.livemind.replay.recording.TokenEstimate}): good for replaying those, and for no
   * statement on the model.
   */
  public static final ArmLatency LIVE_LLM_CLAUSE_TEXT =
      new ArmLatency(
          new LatencyConstants(0, 0.00131587, 0.05960421),
          new LatencyConstants(0.415919, 0, 0.04881793));

  private static ArmLatency same(double overhead, double prompt, double completion) {
    var constants = new LatencyConstants(overhead, prompt, completion);
    return new ArmLatency(constants, constants);
  }
}
