package io.livemind.simulator;

import java.util.List;
import java.util.Optional;

/**
 * The profiles that ship.
 *
 * <p>The two calibrated ones are fitted to the recordings of the LiveMind experiments (arXiv
 * 2406.14319, version 1), which ran one request at a time: each call is served as if it had the
 * machine to itself, however many run. Give them a limit with {@link ModelProfile#withConcurrency}
 * to see what load does.
 */
public final class ModelProfiles {
  /** Calls at once of a profile that models no limit: more than this process can hold. */
  static final int UNLIMITED = 100_000;

  private static final String RECORDINGS =
      "least squares over 1,117 sessions of the LiveMind experiments (arXiv 2406.14319, version 1):"
          + " A100, 4-bit weights, one request at a time";

  /**
   * Llama-3-70B-Instruct on one A100, as in the recordings. Median error of a call 0.03 s live and
   * 0.05 s conventional; the means are within 0.6 % of the recorded ones.
   */
  public static final ModelProfile LLAMA_3_70B_A100 =
      calibrated(
          "llama-3-70b-a100",
          new LatencyModel(0.385, 0.0007, 0.05248),
          new LatencyModel(0.128, 0.00138, 0.0526));

  /**
   * Llama-3-8B-Instruct on one A100, as in the recordings. Median error of a call 0.005 s live and
   * 0.015 s conventional; the means are within 0.1 % of the recorded ones.
   */
  public static final ModelProfile LLAMA_3_8B_A100 =
      calibrated(
          "llama-3-8b-a100",
          new LatencyModel(0.037, 0.000097, 0.010076),
          new LatencyModel(0, 0.000154, 0.010002));

  /**
   * A 70B model at a fast provider. First token 163 ms: measured through OpenRouter on Groq's Llama
   * 3.3 70B with prompts of about 800 tokens, warm (krabarena.org, claim 592e1fd1). Decode 275
   * tokens a second: between the 270 and 280 that neuraplus-ai.github.io and tokenwisehq.com give
   * for it. Assumed, not published: 0.1 s of the first token's time do not depend on the prompt, 64
   * run at once and take 1.5 times as long then, a jitter of 15 %, a prefix cache of 65,536 blocks
   * (about a million tokens).
   */
  public static final ModelProfile FAST_HOSTED_70B = fastHosted();

  private ModelProfiles() {}

  /** All, the slowest first. */
  public static List<ModelProfile> all() {
    return List.of(LLAMA_3_70B_A100, LLAMA_3_8B_A100, FAST_HOSTED_70B);
  }

  /** Empty if there is none of this name. */
  public static Optional<ModelProfile> named(String name) {
    return all().stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  private static ModelProfile calibrated(
      String name, LatencyModel latency, LatencyModel conventional) {
    return new ModelProfile(
        name, RECORDINGS, latency, conventional, UNLIMITED, 0, false, 1, 0, 0, 0);
  }

  private static ModelProfile fastHosted() {
    double decode = 1 / 275.0;
    double overhead = 0.1;
    double prefill = (0.163 - overhead - decode) / 800;
    var latency = new LatencyModel(overhead, prefill, decode);
    return new ModelProfile(
        "fast-hosted-70b",
        "krabarena.org claim 592e1fd1 (first token), neuraplus-ai.github.io and tokenwisehq.com"
            + " (tokens a second) on Llama 3.3 70B at Groq; the rest is assumed",
        latency,
        latency,
        64,
        1_000,
        false,
        1.5,
        0.15,
        65_536,
        1);
  }
}
