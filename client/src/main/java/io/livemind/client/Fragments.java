package io.livemind.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Numbers fragments and knows which are not confirmed yet. Threading: one thread. */
final class Fragments {
  /** UTF-16 units in one fragment. */
  private static final int LONGEST_PIECE = 65_536;

  private final Consumer<ObjectNode> out;
  private final Set<Long> unconfirmed = new HashSet<>();
  private long next;

  Fragments(Consumer<ObjectNode> out) {
    this.out = out;
  }

  /** A connection begins; what was on its way does not count any more. */
  void begin(long sequence) {
    next = sequence;
    unconfirmed.clear();
  }

  /** The number of the next fragment. */
  long next() {
    return next;
  }

  boolean confirmed(long sequence) {
    unconfirmed.remove(sequence);
    return unconfirmed.isEmpty();
  }

  boolean allConfirmed() {
    return unconfirmed.isEmpty();
  }

  /** Makes {@code after} of what was sent before. */
  void edit(int turn, String before, String after) {
    Edit.between(before, after)
        .ifPresent(
            edit -> {
              if (edit.appends(before) && edit.text().length() <= LONGEST_PIECE)
                send(fragment(turn, "append").put("text", edit.text()));
              else replace(turn, edit);
            });
  }

  /** The whole prompt is this. */
  void replaceAll(int turn, String text) {
    replace(turn, new Edit(0, Edit.TO_THE_END, text));
  }

  void submit(int turn, String prompt) {
    send(
        fragment(turn, "submit").put("length", prompt.length()).put("hash", PromptHash.of(prompt)));
  }

  void simple(int turn, String kind) {
    send(fragment(turn, kind));
  }

  /** A long text goes in pieces. */
  private void replace(int turn, Edit edit) {
    String text = edit.text();
    int from = 0;
    do {
      int to = Math.min(text.length(), from + LONGEST_PIECE);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) to--;
      send(
          fragment(turn, "replace")
              .put("position", edit.position() + from)
              .put("deletedLength", from == 0 ? edit.deletedLength() : 0)
              .put("text", text.substring(from, to)));
      from = to;
    } while (from < text.length());
  }

  private ObjectNode fragment(int turn, String kind) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "fragment")
        .put("sequence", next++)
        .put("turn", turn)
        .put("kind", kind);
  }

  private void send(ObjectNode fragment) {
    unconfirmed.add(fragment.path("sequence").asLong());
    out.accept(fragment);
  }
}
