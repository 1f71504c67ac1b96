package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.RequestHeaders;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What the requests of all APIs have in common: a JSON body, and the headers of our own. */
final class ChatCallReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatCallReader() {}

  /** The call of a request whose body has been read; adds what the headers say. */
  static ChatCall call(
      WireProfile wire,
      long number,
      HttpRequest request,
      String model,
      List<ChatMessage> messages,
      boolean stream,
      boolean includeUsage,
      OptionalInt maxTokens,
      int priority)
      throws RefusedException {
    Optional<String> fault = request.header(Fault.HEADER);
    return new ChatCall(
        wire,
        number,
        model,
        messages,
        stream,
        includeUsage,
        maxTokens,
        priority,
        request.header(RequestHeaders.SESSION),
        number(request, RequestHeaders.TURN),
        number(request, RequestHeaders.STEP),
        kind(request),
        fault.isEmpty() ? Optional.empty() : Optional.of(fault(fault.get())),
        request.arrivedNanos());
  }

  static JsonNode body(HttpRequest request) throws RefusedException {
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body.isObject()) return body;
    } catch (IOException broken) {
      throw refused("We could not parse the JSON body of your request.");
    }
    throw refused("The JSON body of your request is no object.");
  }

  /** A text, or an array of parts whose texts are joined. */
  static String text(JsonNode content, String field) throws RefusedException {
    if (content.isTextual()) return content.textValue();
    if (!content.isArray()) throw refused("Invalid '" + field + "': expected text.");
    var text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("text").isTextual())
        throw refused("Invalid '" + field + "': only parts of text are understood here.");
      text.append(part.path("text").textValue());
    }
    return text.toString();
  }

  /** A limit of tokens, where there is one. */
  static OptionalInt limit(JsonNode limit, String field) throws RefusedException {
    if (limit.isMissingNode() || limit.isNull()) return OptionalInt.empty();
    if (!limit.canConvertToInt() || limit.intValue() < 1)
      throw refused("Invalid '" + field + "': expected a whole number of 1 or more.");
    return OptionalInt.of(limit.intValue());
  }

  static RefusedException refused(String message) {
    return new RefusedException(ApiError.badRequest(message));
  }

  private static OptionalInt number(HttpRequest request, String header) throws RefusedException {
    Optional<String> value = request.header(header);
    if (value.isEmpty()) return OptionalInt.empty();
    try {
      int number = Integer.parseInt(value.get());
      if (number >= 0) return OptionalInt.of(number);
    } catch (NumberFormatException noNumber) {
      throw refused("Invalid header " + header + ": expected a whole number.");
    }
    throw refused("Invalid header " + header + ": expected 0 or more.");
  }

  private static Optional<CallKind> kind(HttpRequest request) throws RefusedException {
    Optional<String> value = request.header(RequestHeaders.KIND);
    if (value.isEmpty()) return Optional.empty();
    Optional<CallKind> kind = CallKind.of(value.get().toLowerCase(Locale.ROOT));
    if (kind.isPresent()) return kind;
    throw refused("Invalid header " + RequestHeaders.KIND + ": expected inference or answer.");
  }

  private static Fault fault(String code) throws RefusedException {
    Optional<Fault> fault = Fault.of(code);
    if (fault.isPresent()) return fault.get();
    throw refused("Invalid header " + Fault.HEADER + ": expected one of " + Fault.codes() + ".");
  }
}
