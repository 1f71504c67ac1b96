package io.livemind.topology.prompt;

import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.TaskKind;
import java.util.List;

/**
 * A layout of the paper (arXiv 2406.14319, version 2): one system message for thinking and another
 * for answering, the history, then the turn in one of five {@linkplain TurnShape shapes}.
 *
 * <p>The shapes are those of the authors' program: which part stands where, in which role, and that
 * segments of a wait count as new. The wording of system messages and labels is our own, and so is
 * where a wanted form of the answer goes: it ends the protocol of the answering system message. As
 * the first message differs, thinking and answering calls share no prefix.
 */
final class PaperLayout implements PromptLayout {

  /** How the turn's own text and memory become messages. */
  @FunctionalInterface
  interface TurnShape {
    void add(TurnText turn, TaskKind kind, MessageList messages);
  }

  private final ActionSet actions;
  private final TurnShape shape;

  PaperLayout(ActionSet actions, TurnShape shape) {
    this.actions = actions;
    this.shape = shape;
  }

  @Override
  public List<Message> thinking(Conversation conversation) {
    return messages(SystemPrompts.thinking(actions), TaskKind.INFERENCE, conversation);
  }

  @Override
  public List<Message> answer(Conversation conversation) {
    String protocol =
        SystemPrompts.withFormat(SystemPrompts.ANSWERING, conversation.answerFormat());
    return messages(protocol, TaskKind.ANSWER, conversation);
  }

  private List<Message> messages(String protocol, TaskKind kind, Conversation conversation) {
    var messages = new MessageList(protocol, conversation);
    shape.add(TurnText.of(conversation), kind, messages);
    return messages.toList();
  }
}
