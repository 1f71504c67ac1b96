package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.RequestHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the body and the headers of {@code POST /v1/chat/completions}. */
final class ChatCallReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatCallReader() {}

  /**
   * @throws RefusedException with status 400 and the field at fault
   */
  static ChatCall read(long number, HttpRequest request) throws RefusedException {
    JsonNode body = body(request);
    Optional<String> fault = request.header(Fault.HEADER);
    return new ChatCall(
        number,
        text(body, "model"),
        messages(body.path("messages")),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false),
        maxTokens(body),
        body.path("priority").asInt(0),
        request.header(RequestHeaders.SESSION),
        number(request, RequestHeaders.TURN),
        number(request, RequestHeaders.STEP),
        kind(request),
        fault.isEmpty() ? Optional.empty() : Optional.of(fault(fault.get())),
        request.arrivedNanos());
  }

  private static JsonNode body(HttpRequest request) throws RefusedException {
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body.isObject()) return body;
    } catch (IOException broken) {
      throw refused("We could not parse the JSON body of your request.");
    }
    throw refused("The JSON body of your request is no object.");
  }

  private static List<ChatMessage> messages(JsonNode field) throws RefusedException {
    if (!field.isArray() || field.isEmpty())
      throw refused("Invalid 'messages': expected an array of at least one message.");
    var messages = new ArrayList<ChatMessage>();
    for (JsonNode message : field)
      messages.add(new ChatMessage(role(message), content(message.path("content"))));
    return List.copyOf(messages);
  }

  private static ChatMessage.Role role(JsonNode message) throws RefusedException {
    return switch (message.path("role").asText("")) {
      case "system", "developer" -> ChatMessage.Role.SYSTEM;
      case "user" -> ChatMessage.Role.USER;
      case "assistant" -> ChatMessage.Role.ASSISTANT;
      default -> throw refused("Invalid 'messages.role': expected system, user or assistant.");
    };
  }

  /** A text, or an array of parts whose texts are joined. */
  private static String content(JsonNode content) throws RefusedException {
    if (content.isTextual()) return content.textValue();
    if (!content.isArray()) throw refused("Invalid 'messages.content': expected text.");
    var text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("text").isTextual())
        throw refused("Invalid 'messages.content': only parts of text are understood here.");
      text.append(part.path("text").textValue());
    }
    return text.toString();
  }

  private static OptionalInt maxTokens(JsonNode body) throws RefusedException {
    JsonNode limit =
        body.hasNonNull("max_completion_tokens")
            ? body.path("max_completion_tokens")
            : body.path("max_tokens");
    if (limit.isMissingNode() || limit.isNull()) return OptionalInt.empty();
    if (!limit.canConvertToInt() || limit.intValue() < 1)
      throw refused("Invalid 'max_tokens': expected a whole number of 1 or more.");
    return OptionalInt.of(limit.intValue());
  }

  private static String text(JsonNode body, String field) throws RefusedException {
    JsonNode value = body.path(field);
    if (value.isTextual()) return value.textValue();
    throw refused("You must provide a " + field + " parameter.");
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

  private static RefusedException refused(String message) {
    return new RefusedException(ApiError.badRequest(message));
  }
}
