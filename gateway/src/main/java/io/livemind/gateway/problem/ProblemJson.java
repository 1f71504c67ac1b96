package io.livemind.gateway.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A problem as clients get it. */
public final class ProblemJson {
  private ProblemJson() {}

  /** {@code {"error": {code, message, field?, retryAfterMillis?}}}. */
  public static ObjectNode of(Problem problem) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("error", error(problem));
    return json;
  }

  /** The inner object. */
  public static ObjectNode error(Problem problem) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", problem.code().code())
            .put("message", problem.reason());
    problem.field().ifPresent(field -> json.put("field", field));
    problem.retryAfter().ifPresent(wait -> json.put("retryAfterMillis", wait.toMillis()));
    return json;
  }

  /** As the OpenAI interface has it: {@code {"error": {message, type, param, code}}}. */
  public static ObjectNode openAi(Problem problem) {
    String type =
        switch (problem.code()) {
          case UNAUTHENTICATED -> "authentication_error";
          case FORBIDDEN_HOST, FORBIDDEN_ORIGIN -> "permission_error";
          case TOO_MANY_REQUESTS -> "rate_limit_error";
          case UNAVAILABLE, INTERNAL -> "server_error";
          case INVALID_REQUEST, UNSUPPORTED_PARAMETER, MODEL_NOT_FOUND, NOT_FOUND, TOO_LARGE ->
              "invalid_request_error";
        };
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("error")
        .put("message", problem.reason())
        .put("type", type)
        .put("param", problem.field().orElse(null))
        .put("code", problem.code().code());
    return json;
  }
}
