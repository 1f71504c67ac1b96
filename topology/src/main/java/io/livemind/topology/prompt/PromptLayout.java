package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import java.util.List;

/** How a conversation becomes the messages of a model call. Implementations are stateless. */
public interface PromptLayout {

  /** Messages of a call that thinks about the prompt so far. */
  List<Message> thinking(Conversation conversation);

  /** Messages of the call that answers the whole prompt. */
  List<Message> answer(Conversation conversation);
}
