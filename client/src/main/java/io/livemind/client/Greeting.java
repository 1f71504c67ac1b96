package io.livemind.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The first message of a connection; see docs/http-api.md. */
final class Greeting {
  private Greeting() {}

  /** Asks for a new session. */
  static ObjectNode open(SessionRequest request) {
    ObjectNode message = message("open");
    request.model().ifPresent(model -> message.put("model", model));
    request.system().ifPresent(system -> message.put("system", system));
    request.answerFormat().ifPresent(format -> message.put("answerFormat", format));
    return message;
  }

  /**
   * Goes on with one.
   *
   * @param writer as which it was last typed in
   * @param after id of the last event that came
   */
  static ObjectNode resume(String handle, long writer, Optional<String> after) {
    ObjectNode message = message("resume").put("handle", handle).put("writer", writer);
    after.ifPresent(id -> message.put("after", id));
    return message;
  }

  /** A message with nothing but its type so far. */
  static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
