package io.livemind.workers.langchain4j;

import java.util.stream.Stream;

/** How the servers of one provider write; what they write is up to the test. */
interface Wire {

  /** Every provider module, a line each. */
  static Stream<Wire> all() {
    return Stream.of(new OpenAiWire(), new AnthropicWire(), new GeminiWire());
  }

  /** How a reply can end. */
  enum End {
    GOOD,
    LENGTH,
    REFUSED,
    /** A reason that nobody has heard of. */
    UNKNOWN
  }

  /** As the configuration names it. */
  String provider();

  /** What comes before the first piece of text; may be empty. */
  default String start() {
    return "";
  }

  /** An event with a piece of text. */
  String text(String piece);

  /** The events that say how the reply ended, with {@link #TOKENS}; without the last mark. */
  String end(End how);

  /** What stands at the very end of a whole stream; may be empty. */
  default String lastMark() {
    return "";
  }

  /** An error inside a stream. */
  String errorEvent(String type, String message);

  /** The body of an error response. */
  String errorBody(int status, String type, String message);

  /** A whole reply. */
  default String whole(String... pieces) {
    StringBuilder all = new StringBuilder(start());
    for (String piece : pieces) all.append(text(piece));
    return all.append(end(End.GOOD)).append(lastMark()).toString();
  }

  /** Prompt (cached ones included), completion and cached tokens of a reply. */
  int[] TOKENS = {50, 5, 40};

  /** One event of a stream. */
  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  /** Text inside a JSON string. */
  static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
