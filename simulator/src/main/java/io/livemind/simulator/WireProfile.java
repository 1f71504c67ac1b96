package io.livemind.simulator;

import java.util.Optional;

/**
 * The wire format of one provider's API: how its requests are read, and how replies and errors are
 * written. Everything else (time, places, caches, replies, faults, the record of what was served)
 * is the same behind each.
 *
 * <p>Threading: stateless.
 */
sealed interface WireProfile permits OpenAiWire, AnthropicWire, GeminiWire {

  /** Whether {@code POST} to this path is a call of this API. */
  boolean serves(String path);

  /**
   * The call that a request is.
   *
   * @param number counts the calls, from 0
   * @throws RefusedException if this API would refuse it, naming the field at fault
   */
  ChatCall read(long number, HttpRequest request) throws RefusedException;

  /** The events of a streamed reply. */
  StreamEvents events(ChatCall call, long createdSeconds, Usage usage);

  /**
   * A reply that was not asked for as a stream: one JSON object.
   *
   * @param why it ends; empty: not a word on it
   */
  String whole(WholeReply reply, Optional<Finish> why);

  /** An error, in place of a reply or in the middle of one. */
  HttpResponse error(ApiError error);

  /**
   * What this API says where OpenAI's says something else; the same where only the form differs.
   */
  default ApiError inOwnWords(Fault fault, ApiError openAis) {
    return openAis;
  }
}
