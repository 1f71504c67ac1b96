package io.livemind.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.schemas.FailureCode;

/**
 * A turn that came to nothing, as the chat interface tells it.
 *
 * @param status of HTTP, where it can still be sent
 * @param code see {@link FailureCode}
 * @param message what to do
 */
public record ChatFailure(int status, String code, String message) {

  /**
   * The gateway stops, or the client reads too slowly; the same request may be answered elsewhere.
   */
  public static ChatFailure cutOff() {
    var code = ProblemCode.UNAVAILABLE;
    return new ChatFailure(
        code.status(), code.code(), "The answer was cut off: send the request again.");
  }

  /** The failure of this code. */
  public static ChatFailure of(FailureCode failure) {
    int status =
        switch (failure) {
          case RATE_LIMITED -> 429;
          case OVERLOADED, TOO_MANY_SESSIONS -> 503;
          case TURN_DEADLINE, CONNECT_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT ->
              504;
          default ->
              switch (failure.fault()) {
                case CLIENT -> 400;
                case MODEL -> 502;
                case SYSTEM, OPERATOR -> 500;
              };
        };
    return new ChatFailure(status, failure.code(), failure.remedy());
  }

  /** The failure of a code of another release, too. */
  public static ChatFailure of(String code) {
    return FailureCode.of(code)
        .map(ChatFailure::of)
        .orElse(new ChatFailure(500, code, "The turn failed."));
  }

  /** {@code {"error": {message, type, param, code}}}. */
  public String json() {
    String type =
        status == 429
            ? "rate_limit_error"
            : status >= 500 ? "server_error" : "invalid_request_error";
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("error")
        .put("message", message)
        .put("type", type)
        .putNull("param")
        .put("code", code);
    return json.toString();
  }
}
