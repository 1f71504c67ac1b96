package io.livemind.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a call is to be answered.
 *
 * @param text byte for byte
 * @param completionTokens at least 1
 * @param promptTokens as recorded, for the model's whole prefill; empty: counted from the messages,
 *     less what the prefix cache holds
 * @param latency of this reply; empty: the profile's
 * @param limited whether the request's max_tokens cuts it; a recording is served whole
 * @param fault put on the call, unless it has one
 * @param delivery told when the reply has been sent whole
 */
record Reply(
    String text,
    int completionTokens,
    OptionalInt promptTokens,
    Optional<LatencyModel> latency,
    boolean limited,
    Optional<Fault> fault,
    Delivery delivery) {

  /** What became of a reply. Called by the thread that sends it. */
  interface Delivery {
    Delivery IGNORED = new Delivery() {};

    /** All of it is about to be in the client's hands: called just before the last write. */
    default void completed() {}

    /** The last write failed after all. */
    default void failed() {}
  }

  /** A reply that nobody recorded. */
  static Reply madeUp(String text) {
    return new Reply(
        text,
        ApproximateTokens.completionTokens(text),
        OptionalInt.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Delivery.IGNORED);
  }

  /** Another text in its place, which does not count as the reply's delivery. */
  Reply replacedBy(String newText, int newTokens) {
    return new Reply(newText, newTokens, promptTokens, latency, limited, fault, Delivery.IGNORED);
  }

  /** The same, cut to so many tokens. */
  Reply cutTo(int tokens) {
    String beginning = new TokenText(text, completionTokens).piece(0, tokens);
    return new Reply(beginning, tokens, promptTokens, latency, limited, fault, delivery);
  }
}
