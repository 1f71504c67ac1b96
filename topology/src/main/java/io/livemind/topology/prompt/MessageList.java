package io.livemind.topology.prompt;

import io.livemind.schemas.TemplateTokens;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.util.ArrayList;
import java.util.List;

/** The messages of one call while they are put together: system, history, then the turn's own. */
final class MessageList {
  private final List<Message> messages = new ArrayList<>();

  /**
   * Starts with the system message, which our protocol opens and the conversation's own text ends,
   * and the history. What users wrote in the history was neutralised when it was sent; what models
   * wrote is neutralised here.
   */
  MessageList(String protocol, Conversation conversation) {
    String system =
        conversation
            .system()
            .map(own -> protocol + "\n\n" + TemplateTokens.neutralise(own))
            .orElse(protocol);
    messages.add(new Message(Role.SYSTEM, system));
    for (Message past : conversation.history()) {
      boolean model = past.getRole() == Role.ASSISTANT;
      messages.add(
          model ? new Message(Role.ASSISTANT, TemplateTokens.neutralise(past.getContent())) : past);
    }
  }

  /** Adds a message of the user; the text is neutralised already. */
  MessageList user(String text) {
    messages.add(new Message(Role.USER, text));
    return this;
  }

  /** Adds a message of the model; the text is neutralised already. */
  MessageList assistant(String text) {
    messages.add(new Message(Role.ASSISTANT, text));
    return this;
  }

  List<Message> toList() {
    return List.copyOf(messages);
  }
}
