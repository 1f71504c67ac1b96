package io.livemind.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Numbers fragments and knows which are not confirmed yet. Threading: one thread. */
final class Fragments {
  /** UTF-16 units in one fragment. */
  private static final int LONGEST_PIECE = 65_536;

  private final Consumer<ObjectNode> out;
  private final Map<Long, Integer> turnsOfUnconfirmed = new HashMap<>();
  private long next;

  Fragments(Consumer<ObjectNode> out) {
    this.out = out;
  }

  /** A connection begins; what was on its way does not count any more. */
  void begin(long sequence) {
    next = sequence;
    turnsOfUnconfirmed.clear();
  }

  /** The number of the next fragment. */
  long next() {
    return next;
  }

  boolean confirmed(long sequence) {
    turnsOfUnconfirmed.remove(sequence);
    return turnsOfUnconfirmed.isEmpty();
  }

  boolean allConfirmed() {
    return turnsOfUnconfirmed.isEmpty();
  }

  /** The turn of a fragment that is not confirmed. */
  Optional<Integer> turnOf(long sequence) {
    return Optional.ofNullable(turnsOfUnconfirmed.get(sequence));
  }

  /**
   * A fragment that the gateway will never take: an edit without text goes in its place, once, so
   * that what follows does not wait for it. Nobody waits for it to be confirmed.
   */
  void fill(long sequence, int turn) {
    turnsOfUnconfirmed.remove(sequence);
    out.accept(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "fragment")
            .put("sequence", sequence)
            .put("turn", turn)
            .put("kind", "replace")
            .put("position", 0)
            .put("deletedLength", Edit.TO_THE_END)
            .put("text", ""));
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
    turnsOfUnconfirmed.put(fragment.path("sequence").asLong(), fragment.path("turn").asInt());
    out.accept(fragment);
  }
}
