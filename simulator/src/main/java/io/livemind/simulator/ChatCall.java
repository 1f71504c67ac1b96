package io.livemind.simulator;

import io.livemind.schemas.AnswerCue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A completion that is asked for.
 *
 * @param wire the API that it came by, and its reply goes by
 * @param number counts the requests, from 0
 * @param stream whether the reply is wanted token by token
 * @param includeUsage whether the end of a stream tells the tokens
 * @param maxTokens of the reply
 * @param priority lower is earlier, where the engine looks at it
 * @param session that the request's headers name, like turn, step and kind
 * @param fault that the request asks for
 */
record ChatCall(
    WireProfile wire,
    long number,
    String model,
    List<ChatMessage> messages,
    boolean stream,
    boolean includeUsage,
    OptionalInt maxTokens,
    int priority,
    Optional<String> session,
    OptionalInt turn,
    OptionalInt step,
    Optional<CallKind> namedKind,
    Optional<Fault> fault,
    long arrivedNanos) {
  /** Only a system message that explains the actions makes a call without headers think. */
  private static final String ACTIONS_EXPLAINED = "action wait";

  /**
   * What the call is for: as its header says; without one, a call thinks if its system message
   * explains the actions and its last user message does not end in the cue to answer.
   */
  CallKind kind() {
    if (namedKind.isPresent()) return namedKind.get();
    if (AnswerCue.endsIn(lastUserText())) return CallKind.ANSWER;
    boolean actions =
        messages.stream()
            .anyMatch(
                message ->
                    message.is(ChatMessage.Role.SYSTEM)
                        && message.content().contains(ACTIONS_EXPLAINED));
    return actions ? CallKind.INFERENCE : CallKind.ANSWER;
  }

  /** Whether it answers without any thinking before it: at step 0, or without naming a step. */
  boolean conventional() {
    return kind() == CallKind.ANSWER && step.orElse(0) == 0;
  }

  /** The last user message, with the cue; empty text if there is none. */
  String lastUserText() {
    return messages.reversed().stream()
        .filter(message -> message.is(ChatMessage.Role.USER))
        .findFirst()
        .map(ChatMessage::content)
        .orElse("");
  }

  /** The same number for the same kind and messages, in every process. */
  long fingerprint() {
    long hash = kind().name().hashCode();
    for (ChatMessage message : messages)
      hash = Mix.of(hash, 31L * message.role().name().hashCode() + message.content().hashCode());
    return hash;
  }
}
