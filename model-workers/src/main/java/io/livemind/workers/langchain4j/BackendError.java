package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An error as a model's server told it, by an HTTP status or inside a stream.
 *
 * @param status HTTP status; 0 where the error stood in a stream of status 200 and named none
 * @param type the error's type or status name; may be empty
 * @param code the error's code; may be empty
 * @param message free text of the server: it may repeat a prompt, so it is read here and shown
 *     nowhere
 * @param retryAfter when the server wants to be asked again
 */
record BackendError(
    int status, String type, String code, String message, Optional<Duration> retryAfter) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 64;

  private static final List<String> CONTEXT =
      List.of(
          "context_length_exceeded",
          "exceed_context_size",
          "context length",
          "context size",
          "context window",
          "prompt is too long",
          "input token count",
          "request_too_large");
  private static final List<String> CREDIT =
      List.of("insufficient_quota", "insufficient_balance", "credit balance");
  private static final List<String> REFUSAL =
      List.of("content_filter", "content_policy", "content_management");

  /** Of a response with an error status. */
  static BackendError ofResponse(int status, String body, Optional<Duration> retryAfter) {
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      tree = MissingNode.getInstance();
    }
    JsonNode top = tree.isArray() ? tree.path(0) : tree;
    BackendError error = of(top.has("error") ? top.path("error") : top, status);
    return retryAfter.isEmpty() ? error : error.retryingAfter(retryAfter);
  }

  /** Of an error object, or of a bare message. */
  static BackendError of(JsonNode error, int status) {
    String type = error.path("type").asText("");
    String code = error.path("code").asText("");
    int numeric = error.path("code").asInt(0);
    return new BackendError(
        status != 0 ? status : numeric >= 400 && numeric < 600 ? numeric : 0,
        type.isEmpty() ? error.path("status").asText("") : type,
        code,
        error.isTextual() ? error.asText() : error.path("message").asText(""),
        RetryAfter.of(error));
  }

  private BackendError retryingAfter(Optional<Duration> wait) {
    return new BackendError(status, type, code, message, wait);
  }

  /** The call's end. */
  Failed failed(TokenCounts tokens) {
    return new Failed(failureCode(), reason(), retryAfter, tokens);
  }

  /** The one name of this error. */
  FailureCode failureCode() {
    boolean mayBeTheRequest = status == 0 || status == 400 || status == 413 || status == 422;
    if ((mayBeTheRequest || status == 500) && mentions(CONTEXT)) {
      return FailureCode.CONTEXT_TOO_LONG;
    }
    if (status == 402 || ((mayBeTheRequest || status == 429) && isOutOfCredit())) {
      return FailureCode.OUT_OF_CREDIT;
    }
    if (mayBeTheRequest && mentions(REFUSAL)) return FailureCode.REFUSED;
    if (mayBeTheRequest && mentions(List.of("api_key_invalid", "api key not valid"))) {
      return FailureCode.UNAUTHORISED;
    }
    return status == 0 ? ofType() : ofStatus();
  }

  /** Gemini speaks of billing at each limit of its rates too, but there it names a time to wait. */
  private boolean isOutOfCredit() {
    return mentions(CREDIT) || (retryAfter.isEmpty() && mentions(List.of("billing")));
  }

  private FailureCode ofStatus() {
    return switch (status) {
      case 401, 403 -> FailureCode.UNAUTHORISED;
      case 404 -> FailureCode.MODEL_UNKNOWN;
      case 413 -> FailureCode.CONTEXT_TOO_LONG;
      case 429 -> FailureCode.RATE_LIMITED;
      case 503, 529 -> FailureCode.OVERLOADED;
      case 408, 425 -> FailureCode.MODEL_ERROR;
      default -> status >= 500 ? FailureCode.MODEL_ERROR : FailureCode.BAD_REQUEST;
    };
  }

  private FailureCode ofType() {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "overloaded_error", "unavailable" -> FailureCode.OVERLOADED;
      case "rate_limit_error", "rate_limit_exceeded", "resource_exhausted" ->
          FailureCode.RATE_LIMITED;
      case "authentication_error", "permission_error", "permission_denied", "unauthenticated" ->
          FailureCode.UNAUTHORISED;
      case "not_found_error", "not_found" -> FailureCode.MODEL_UNKNOWN;
      case "invalid_request_error", "invalid_argument", "badrequesterror" ->
          FailureCode.BAD_REQUEST;
      default -> FailureCode.MODEL_ERROR;
    };
  }

  private boolean mentions(List<String> markers) {
    String all = (type + ' ' + code + ' ' + message).toLowerCase(Locale.ROOT);
    return markers.stream().anyMatch(all::contains);
  }

  /** Names of the server, cut down to what names are made of. */
  private String reason() {
    StringBuilder reason = new StringBuilder(status == 0 ? "error in stream" : "HTTP " + status);
    if (!name(type).isEmpty()) reason.append(", type ").append(name(type));
    if (!name(code).isEmpty()) reason.append(", code ").append(name(code));
    return reason.toString();
  }

  private static String name(String text) {
    boolean isName = text.length() <= LONGEST_NAME && text.matches("[A-Za-z0-9_.-]+");
    return isName ? text : "";
  }
}
