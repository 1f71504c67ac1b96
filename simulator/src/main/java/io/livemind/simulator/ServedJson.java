package io.livemind.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code GET /simulator/served}: what was served, for readers in other processes. */
final class ServedJson {
  private static final String SESSION = "session=";
  private static final double NANOS_PER_MILLI = 1e6;

  private ServedJson() {}

  /**
   * An array of the calls that ended, in that order.
   *
   * @param query {@code session=ID} for those of one session; else all
   */
  static String of(ServedLog log, String query) {
    List<ServedCall> calls =
        query.startsWith(SESSION)
            ? log.of(URLDecoder.decode(query.substring(SESSION.length()), StandardCharsets.UTF_8))
            : log.all();
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ServedCall call : calls) write(array.addObject(), call);
    return array.toString();
  }

  private static void write(ObjectNode object, ServedCall call) {
    object.put("number", call.number());
    object.put("session", call.session());
    object.put("turn", call.turn());
    object.put("step", call.step());
    object.put("kind", call.kind().name().toLowerCase(Locale.ROOT));
    object.put("model", call.model());
    object.put("fault", call.fault().map(Fault::code).orElse(null));
    object.put("status", call.status());
    object.put("cancelled", call.cancelled());
    object.put("whole", call.whole());
    object.put("prompt_tokens", call.promptTokens());
    object.put("cached_tokens", call.cachedTokens());
    object.put("completion_tokens", call.completionTokens());
    object.put("arrived_epoch_millis", call.arrivedEpochMillis());
    call.admittedNanos().ifPresent(at -> object.put("queue_millis", millis(call, at)));
    call.firstTokenNanos().ifPresent(at -> object.put("first_token_millis", millis(call, at)));
    object.put("total_millis", millis(call, call.endedNanos()));
    ArrayNode messages = object.putArray("messages");
    for (ChatMessage message : call.messages())
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
  }

  /** From the arrival. */
  private static double millis(ServedCall call, long atNanos) {
    return (atNanos - call.arrivedNanos()) / NANOS_PER_MILLI;
  }
}
