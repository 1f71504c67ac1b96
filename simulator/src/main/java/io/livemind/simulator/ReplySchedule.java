package io.livemind.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When the tokens of a reply leave, as offsets from the start of the call. Offsets are absolute, so
 * that a late event makes no later one late.
 *
 * <p>Guarantee: without jitter and load the last offset is {@link LatencyModel#secondsFor} of the
 * call, divided by the speed.
 *
 * <p>Threading: one thread; pure otherwise (no clock).
 */
final class ReplySchedule {
  private static final double NANOS = 1e9;

  /** Shares of the mean: no single time is shorter or longer than the mean by more. */
  private static final double CLAMP = 0.7;

  private final LatencyModel latency;
  private final long uncachedPromptTokens;
  private final int completionTokens;
  private final double speed;
  private final double jitter;
  private final SplittableRandom random;
  private final double chunkNanos;
  private double elapsedNanos;
  private int sent;

  /**
   * @param speed divides every time
   * @param jitter standard deviation as a share of the mean
   * @param seed of the jitter
   * @param chunkInterval tokens that are due within it may leave together; 0: each leaves alone
   */
  ReplySchedule(
      LatencyModel latency,
      long uncachedPromptTokens,
      int completionTokens,
      double speed,
      double jitter,
      long seed,
      Duration chunkInterval) {
    this.latency = latency;
    this.uncachedPromptTokens = uncachedPromptTokens;
    this.completionTokens = completionTokens;
    this.speed = speed;
    this.jitter = jitter;
    this.random = new SplittableRandom(seed);
    this.chunkNanos = chunkInterval.toNanos();
  }

  /**
   * Tokens that leave together.
   *
   * @param fromToken the first one, from 0
   * @param toToken behind the last one
   * @param dueNanos when the last one is due, from the start of the call
   */
  record Emission(int fromToken, int toToken, long dueNanos) {}

  /**
   * The next tokens to send: the first alone, later ones as many as are due within one interval of
   * the event before, at least one.
   *
   * @param loadFactor how much longer than alone prefill and decode take now
   * @return empty after the last token
   */
  Optional<Emission> next(double loadFactor) {
    if (sent == completionTokens) return Optional.empty();
    int from = sent;
    if (from == 0) {
      elapsedNanos = scaled(latency.overheadSeconds());
      elapsedNanos += jittered(uncachedPromptTokens * latency.secondsPerPromptToken(), loadFactor);
      elapsedNanos += token(loadFactor);
      sent = 1;
      return Optional.of(new Emission(0, 1, Math.round(elapsedNanos)));
    }
    double last = elapsedNanos + chunkNanos;
    do {
      elapsedNanos += token(loadFactor);
      sent++;
    } while (chunkNanos > 0
        && sent < completionTokens
        && elapsedNanos + meanToken(loadFactor) <= last);
    return Optional.of(new Emission(from, sent, Math.round(elapsedNanos)));
  }

  private double token(double loadFactor) {
    return jittered(latency.secondsPerCompletionToken(), loadFactor);
  }

  private double meanToken(double loadFactor) {
    return scaled(latency.secondsPerCompletionToken() * loadFactor);
  }

  private double jittered(double seconds, double loadFactor) {
    double mean = scaled(seconds * loadFactor);
    if (jitter == 0) return mean;
    double share = Math.clamp(random.nextGaussian() * jitter, -CLAMP, CLAMP);
    return mean * (1 + share);
  }

  private double scaled(double seconds) {
    return seconds * NANOS / speed;
  }
}
