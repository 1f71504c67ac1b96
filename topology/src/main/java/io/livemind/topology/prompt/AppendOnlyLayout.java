package io.livemind.topology.prompt;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.topology.prompt.Conversation.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One system message for thinking and answering, the history, then segments (user) and inferences
 * (assistant) in turns; only the call that answers adds a cue at its end.
 *
 * <p>Guarantee: the messages of each call begin with those of the call before it, byte for byte, up
 * to the end of that call's last user content, so that a serving engine's prefix cache hits from
 * call to call. An inference that came to nothing leaves no message: its segments are joined by the
 * next ones.
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
    return messages(conversation, AnswerCue.text(conversation.answerFormat()));
  }

  private List<Message> messages(Conversation conversation, String tail) {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message(Role.SYSTEM, system(conversation.system())));
    messages.addAll(conversation.history());
    int read = 0;
    for (Inference inference : conversation.memory()) {
      messages.add(user(conversation, read, inference.segments(), ""));
      messages.add(new Message(Role.ASSISTANT, inference.reply()));
      read = inference.segments();
    }
    int all = conversation.segments().size();
    if (read < all || !tail.isEmpty()) messages.add(user(conversation, read, all, tail));
    return List.copyOf(messages);
  }

  private static Message user(Conversation conversation, int from, int to, String tail) {
    String text = String.join("", conversation.segments().subList(from, to));
    return new Message(Role.USER, TemplateTokens.neutralise(text) + tail);
  }

  private String system(Optional<String> own) {
    String protocol = SystemPrompts.thinkingAndAnswering(actions);
    return own.map(text -> protocol + "\n\n" + text).orElse(protocol);
  }
}
