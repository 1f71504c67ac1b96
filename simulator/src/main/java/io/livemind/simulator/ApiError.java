package io.livemind.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An error as OpenAI's API tells it: {@code {"error": {message, type, param, code}}}. The others
 * make their own of its status and message ({@link WireProfile#error}); where no API is known, as
 * at an unknown path, it leaves as it is.
 *
 * @param type as OpenAI's API names it, such as {@code invalid_request_error}
 * @param code more exact than the type, where there is one
 * @param headers beside those that every response has
 */
record ApiError(
    int status, String message, String type, Optional<String> code, Map<String, String> headers) {
  private static final String INVALID = "invalid_request_error";

  static ApiError of(int status, String message) {
    return new ApiError(
        status, message, status < 500 ? INVALID : "server_error", Optional.empty(), Map.of());
  }

  static ApiError badRequest(String message) {
    return of(400, message);
  }

  static ApiError tooLarge() {
    return of(413, "the request's body has more than " + HttpRequestReader.BODY_LIMIT + " bytes");
  }

  static ApiError modelNotFound(String model) {
    return of(404, "The model `" + model + "` does not exist here.").withCode("model_not_found");
  }

  static ApiError queueFull() {
    return of(503, "The engine is overloaded: its queue is full. Try again later.")
        .withCode("overloaded")
        .withHeader("retry-after", "1");
  }

  static ApiError ruleBroken(RecordedRule rule, String reason) {
    return of(422, "The call of a recorded session breaks the rule " + rule.code() + ": " + reason)
        .withCode(rule.code());
  }

  /** Of an engine that fails while it replies. */
  static ApiError inBand() {
    return of(500, "The engine failed (a simulated fault).");
  }

  ApiError withMessage(String newMessage) {
    return new ApiError(status, newMessage, type, code, headers);
  }

  ApiError withType(String newType) {
    return new ApiError(status, message, newType, code, headers);
  }

  ApiError withCode(String newCode) {
    return new ApiError(status, message, type, Optional.of(newCode), headers);
  }

  ApiError withHeader(String name, String value) {
    return new ApiError(status, message, type, code, Map.of(name, value));
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error");
    error.put("message", message).put("type", type).putNull("param");
    code.ifPresentOrElse(value -> error.put("code", value), () -> error.putNull("code"));
    return root.toString();
  }

  HttpResponse response() {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    return new HttpResponse(status, HttpResponse.JSON, headers, body);
  }
}
