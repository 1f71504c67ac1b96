package io.livemind.workers;

import io.livemind.workers.model.TokenCounts;
import java.util.OptionalLong;

/**
 * What a replica's tokens cost, in the currency of the deployment for a million of them.
 *
 * @param prompt of tokens that the server read
 * @param cachedPrompt of tokens that it took from its prefix cache
 * @param completion of tokens that it wrote
 */
public record Price(double prompt, double cachedPrompt, double completion) {
  /** Billionths of the currency a token, for a price of 1 a million tokens. */
  private static final double NANOS_A_TOKEN = 1_000;

  public Price {
    notNegative("prompt", prompt);
    notNegative("cached-prompt", cachedPrompt);
    notNegative("completion", completion);
  }

  /** What a call cost, in billionths of the currency; empty where no tokens were reported. */
  public OptionalLong nanos(TokenCounts tokens) {
    if (tokens.prompt().isEmpty() && tokens.completion().isEmpty()) return OptionalLong.empty();
    int cached = tokens.cached().orElse(0);
    int read = Math.max(0, tokens.prompt().orElse(0) - cached);
    double cost =
        read * prompt + cached * cachedPrompt + tokens.completion().orElse(0) * completion;
    return OptionalLong.of(Math.round(cost * NANOS_A_TOKEN));
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw ReplicaConfig.wrong("price." + name, "0 or more", value);
    }
  }
}
