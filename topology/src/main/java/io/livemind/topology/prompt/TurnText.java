package io.livemind.topology.prompt;

import io.livemind.schemas.TemplateTokens;
import io.livemind.topology.prompt.Conversation.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The turn as a model may see it: neutralised, and cut where each inference had read to.
 *
 * <p>Guarantee: {@link #read()} and {@link #unread()} joined are the neutralised prompt, and stay
 * the beginning of it when the prompt grows. A wait and a lost call leave no cut: their segments
 * are in the text of the next inference, or unread.
 *
 * @param thoughts in order
 * @param unread the text behind the last inference; empty if there is none
 */
record TurnText(List<Thought> thoughts, String unread) {

  /**
   * A piece of the prompt and what was concluded when it had been read.
   *
   * @param text of the user
   * @param reply of the model, as it was sent but for markers
   */
  record Thought(String text, String reply) {}

  static TurnText of(Conversation conversation) {
    List<String> segments = TemplateTokens.neutralise(conversation.segments());
    List<Thought> thoughts = new ArrayList<>(conversation.memory().size());
    int read = 0;
    for (Inference inference : conversation.memory()) {
      String text = String.join("", segments.subList(read, inference.segments()));
      thoughts.add(new Thought(text, TemplateTokens.neutralise(inference.reply())));
      read = inference.segments();
    }
    String unread = String.join("", segments.subList(read, segments.size()));
    return new TurnText(List.copyOf(thoughts), unread);
  }

  /** The text that the inferences rest on. */
  String read() {
    return thoughts.stream().map(Thought::text).collect(Collectors.joining());
  }

  /** The whole prompt so far. */
  String whole() {
    return read() + unread;
  }
}
