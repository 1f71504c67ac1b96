package io.livemind.topology.prompt;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.topology.prompt.TurnText.Thought;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The paper's shapes {@code u-…}: the whole turn in one user message, in labelled parts with an
 * empty line between them. A part without text is left out, with its label.
 *
 * <p>User text and memory share a message here, so a user can write what looks like a label and
 * memory behind it; the stored memory is not touched by that. See the package's trust rules.
 */
final class OneMessage {
  private static final String NEW_PART = "The new part of the prompt:\n";
  private static final String CONCLUSIONS = "What you concluded before:\n";

  private OneMessage() {}

  /** {@code u-pi}: the prompt so far, then all inferences, numbered. */
  static void promptInferences(TurnText turn, TaskKind kind, MessageList messages) {
    List<String> parts = new ArrayList<>();
    add(parts, whole(kind), turn.whole());
    add(parts, CONCLUSIONS, numbered(turn));
    messages.user(String.join("\n\n", parts));
  }

  /**
   * {@code u-pli}: the prompt that the inferences rest on, then the text behind it, then all
   * inferences, numbered.
   */
  static void promptLastInferences(TurnText turn, TaskKind kind, MessageList messages) {
    List<String> parts = new ArrayList<>();
    add(parts, "The prompt before:\n", turn.read());
    add(parts, newPart(kind), turn.unread());
    add(parts, CONCLUSIONS, numbered(turn));
    messages.user(String.join("\n\n", parts));
  }

  /**
   * {@code u-spi}: piece by piece, what was read and what was concluded from it; the text behind
   * the last inference ends it.
   */
  static void sequence(TurnText turn, TaskKind kind, MessageList messages) {
    List<String> parts = new ArrayList<>();
    for (Thought thought : turn.thoughts()) {
      parts.add("Prompt: " + thought.text());
      parts.add("Concluded: " + conclusion(thought));
    }
    add(parts, kind == TaskKind.ANSWER ? "End of the prompt: " : "Prompt: ", turn.unread());
    messages.user(String.join("\n\n", parts));
  }

  private static String whole(TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> "The prompt so far:\n";
      case ANSWER -> "The complete prompt:\n";
    };
  }

  private static String newPart(TaskKind kind) {
    return switch (kind) {
      case INFERENCE -> NEW_PART;
      case ANSWER -> "The last part of the prompt:\n";
    };
  }

  private static void add(List<String> parts, String label, String text) {
    if (!text.isEmpty()) parts.add(label + text);
  }

  private static String numbered(TurnText turn) {
    List<String> lines = new ArrayList<>();
    for (Thought thought : turn.thoughts())
      lines.add("(" + (lines.size() + 1) + ") " + conclusion(thought));
    return String.join("\n", lines);
  }

  /** An inference without the form of the reply; what is more of a guess keeps its name. */
  private static String conclusion(Thought thought) {
    return ActionReply.parse(thought.reply(), ActionSet.COMPLETE)
        .map(
            reply ->
                reply.action() == Action.INFERENCE
                    ? reply.text()
                    : reply.action().name().toLowerCase(Locale.ROOT) + ": " + reply.text())
        .orElse(thought.reply());
  }
}
