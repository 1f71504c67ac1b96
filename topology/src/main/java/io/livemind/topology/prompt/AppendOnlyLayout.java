package io.livemind.topology.prompt;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TemplateTokens;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Message;
import io.livemind.topology.prompt.TurnText.Thought;
import java.util.List;

/**
 * One system message for thinking and answering, the history, then segments (user) and inferences
 * (assistant) in turns; only the call that answers adds a cue at its end.
 *
 * <p>Guarantee: the messages of each call begin with those of the call before it, byte for byte, up
 * to the end of that call's last user content, so that a serving engine's prefix cache hits from
 * call to call, and from turn to turn. An inference that came to nothing leaves no message: its
 * segments are joined by the next ones. An edit of closed text drops what rests on it, and with it
 * that part of the prefix.
 */
final class AppendOnlyLayout implements PromptLayout {
  private final ActionSet actions;

  AppendOnlyLayout(ActionSet actions) {
    this.actions = actions;
  }

  @Override
  public List<Message> thinking(Conversation conversation) {
    return messages(conversation, "");
  }

  @Override
  public List<Message> answer(Conversation conversation) {
    return messages(
        conversation, AnswerCue.text(conversation.answerFormat().map(TemplateTokens::neutralise)));
  }

  private List<Message> messages(Conversation conversation, String tail) {
    var messages = new MessageList(SystemPrompts.thinkingAndAnswering(actions), conversation);
    TurnText turn = TurnText.of(conversation);
    for (Thought thought : turn.thoughts())
      messages.user(thought.text()).assistant(thought.reply());
    String last = turn.unread() + tail;
    if (!last.isEmpty()) messages.user(last);
    return messages.toList();
  }
}
