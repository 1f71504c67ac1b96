package io.livemind.topology.prompt;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.prompt.TurnText.Thought;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The paper's shapes {@code ua-…}: what the user typed in user messages, what the model concluded
 * in assistant messages, each inference in the form in which the model sent it.
 *
 * <p>The call ends with the text behind the last inference. Where an answering call has none, the
 * {@linkplain AnswerCue cue} takes its place, because some backends go on writing a last assistant
 * message instead of answering it.
 */
final class AlternatingMessages {
  private AlternatingMessages() {}

  /**
   * {@code ua-pil}: the prompt that the inferences rest on, then all of them in one message, one a
   * line, then the text behind it.
   */
  static void promptInferencesLast(TurnText turn, TaskKind kind, MessageList messages) {
    if (!turn.thoughts().isEmpty()) {
      String replies =
          turn.thoughts().stream().map(Thought::reply).collect(Collectors.joining("\n"));
      messages.user(turn.read()).assistant(replies);
    }
    last(turn, kind, messages);
  }

  /** {@code ua-spi}: piece by piece, what was read and what was concluded from it. */
  static void sequence(TurnText turn, TaskKind kind, MessageList messages) {
    for (Thought thought : turn.thoughts())
      messages.user(thought.text()).assistant(thought.reply());
    last(turn, kind, messages);
  }

  private static void last(TurnText turn, TaskKind kind, MessageList messages) {
    if (!turn.unread().isEmpty()) messages.user(turn.unread());
    else if (kind == TaskKind.ANSWER) messages.user(AnswerCue.text(Optional.empty()));
  }
}
