package io.livemind.simulator;

import java.util.Optional;

/**
 * A reply that was written beforehand.
 *
 * @param text served byte for byte
 * @param completionTokens at least 1
 * @param fault put on the call, unless its header names another
 */
public record ScriptedReply(String text, int completionTokens, Optional<Fault> fault) {
  public ScriptedReply {
    if (completionTokens < 1)
      throw new IllegalArgumentException(
          "completionTokens must be 1 or more, is " + completionTokens);
  }

  /** A reply whose tokens are counted from its text. */
  public static ScriptedReply of(String text) {
    return new ScriptedReply(text, ApproximateTokens.completionTokens(text), Optional.empty());
  }

  /** A call that meets a fault; where the fault has a reply, it is this text. */
  public static ScriptedReply faulty(String text, Fault fault) {
    return new ScriptedReply(text, ApproximateTokens.completionTokens(text), Optional.of(fault));
  }
}
