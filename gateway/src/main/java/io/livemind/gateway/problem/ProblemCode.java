package io.livemind.gateway.problem;

/**
 * Failures that the gateway itself finds. What becomes of a fragment behind it is told by {@link
 * io.livemind.schemas.FailureCode}.
 */
public enum ProblemCode {
  INVALID_REQUEST("invalid_request", 400),
  UNSUPPORTED_PARAMETER("unsupported_parameter", 400),
  MODEL_NOT_FOUND("model_not_found", 404),
  UNAUTHENTICATED("unauthenticated", 401),
  FORBIDDEN_HOST("forbidden_host", 403),
  FORBIDDEN_ORIGIN("forbidden_origin", 403),
  NOT_FOUND("not_found", 404),
  TOO_LARGE("too_large", 413),
  TOO_MANY_REQUESTS("too_many_requests", 429),
  UNAVAILABLE("unavailable", 503),
  INTERNAL("internal", 500);

  private final String code;
  private final int status;

  ProblemCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** Lower case with underscores, as it stands in the answer. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
