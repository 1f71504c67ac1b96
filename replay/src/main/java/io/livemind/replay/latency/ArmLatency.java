package io.livemind.replay.latency;

/**
 * The latency constants of an arm, by what its calls are for.
 *
 * <p>The published ones were fitted by {@link RefitLatency} to 1,117 sessions of the LiveMind
 * experiments (arXiv 2406.14319, version 1; A100, 4-bit weights, one request at a time), arm by arm
 * and kind by kind: answer calls to latency − overhead, thinking calls to what is left of the
 * generation time, all of a session together. The median error of a call is 0.046 s at most. With
 * them and no pipeline at all, each arm's mean latency is within 0.5 % of the recorded one and each
 * latency cut, in every class of length, within 0.4 points.
 *
 * @param inference of the calls that think; in a conventional arm, which has none, those of the
 *     answer
 * @param answer of the calls that answer
 */
public record ArmLatency(LatencyConstants inference, LatencyConstants answer) {
  /** Llama-3-70B-Instruct on the whole prompt, step by step. */
  public static final ArmLatency BASELINE_LLM = same(0.121408, 0.00138875, 0.05265661);

  /** Llama-3-70B-Instruct thinks and answers. */
  public static final ArmLatency LIVE_LLM =
      new ArmLatency(
          new LatencyConstants(0.429841, 0.00066841, 0.05229225),
          new LatencyConstants(0.406057, 0.00068720, 0.05243330));

  /** Llama-3-70B-Instruct thinks, Llama-3-8B-Instruct answers. */
  public static final ArmLatency LIVE_LLM_SLM =
      new ArmLatency(
          new LatencyConstants(0.335434, 0.00072383, 0.05270661),
          new LatencyConstants(0.037909, 0.00009505, 0.01006438));

  /** Llama-3-8B-Instruct on the whole prompt, step by step. */
  public static final ArmLatency BASELINE_SLM = same(0, 0.00019981, 0.00993565);

  /**
   * Llama-3-70B-Instruct thinks in clauses and answers. Fitted to 801 sessions on estimated tokens
   * ({@link io.livemind.replay.recording.TokenEstimate}): good for replaying those, and for no
   * statement on the model.
   */
  public static final ArmLatency LIVE_LLM_CLAUSE_TEXT =
      new ArmLatency(
          new LatencyConstants(0, 0.00235134, 0.04790555),
          new LatencyConstants(0.489266, 0, 0.04780795));

  private static ArmLatency same(double overhead, double prompt, double completion) {
    var constants = new LatencyConstants(overhead, prompt, completion);
    return new ArmLatency(constants, constants);
  }
}
