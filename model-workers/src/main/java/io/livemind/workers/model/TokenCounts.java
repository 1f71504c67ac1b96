package io.livemind.workers.model;

import java.util.OptionalInt;

/**
 * Tokens of a call as its server reported them; empty where it reported none.
 *
 * @param prompt all tokens of the prompt, cached ones too
 * @param completion tokens of the reply
 * @param cached prompt tokens that came from the server's prefix cache
 */
public record TokenCounts(OptionalInt prompt, OptionalInt completion, OptionalInt cached) {
  /** Nothing was reported. */
  public static final TokenCounts UNKNOWN =
      new TokenCounts(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
