package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.util.ArrayList;
import java.util.List;

/** The baseline: nothing is thought ahead, and the whole prompt is answered step by step. */
final class ConventionalLayout implements PromptLayout {

  @Override
  public List<Message> thinking(Conversation conversation) {
    throw new IllegalArgumentException("a conventional session does not think ahead");
  }

  @Override
  public List<Message> answer(Conversation conversation) {
    var system = new StringBuilder(SystemPrompts.STEP_BY_STEP);
    conversation.answerFormat().ifPresent(format -> system.append("\n\n").append(format));
    conversation.system().ifPresent(own -> system.append("\n\n").append(own));
    String prompt = TemplateTokens.neutralise(String.join("", conversation.segments()));
    List<Message> messages = new ArrayList<>();
    messages.add(new Message(Role.SYSTEM, system.toString()));
    messages.addAll(conversation.history());
    messages.add(new Message(Role.USER, prompt));
    return List.copyOf(messages);
  }
}
