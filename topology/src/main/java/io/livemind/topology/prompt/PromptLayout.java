package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Message;
import java.util.List;

/**
 * How a conversation becomes the messages of a model call. Implementations are stateless, and the
 * same conversation always gives the same messages.
 *
 * <p>Guarantees of every layout: one system message, then one message for each of the history, in
 * its order, then the turn's own; the system message of the conversation ends the first one; chat
 * template markers in the text of a user or a model are neutralised; the cost is linear in what the
 * conversation holds.
 */
public sealed interface PromptLayout permits AppendOnlyLayout, ConventionalLayout, PaperLayout {

  /**
   * Messages of a call that thinks about the prompt so far.
   *
   * @throws IllegalArgumentException if the layout is the one of a session that does not think
   *     ahead
   */
  List<Message> thinking(Conversation conversation);

  /** Messages of the call that answers the whole prompt. */
  List<Message> answer(Conversation conversation);
}
