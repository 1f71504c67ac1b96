package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import java.util.List;

/** The baseline: nothing is thought ahead, and the whole prompt is answered step by step. */
final class ConventionalLayout implements PromptLayout {

  @Override
  public List<Message> thinking(Conversation conversation) {
    throw new IllegalArgumentException("a conventional session does not think ahead");
  }

  @Override
  public List<Message> answer(Conversation conversation) {
    String protocol =
        SystemPrompts.withFormat(SystemPrompts.STEP_BY_STEP, conversation.answerFormat());
    return new MessageList(protocol, conversation).user(TurnText.of(conversation).whole()).toList();
  }
}
