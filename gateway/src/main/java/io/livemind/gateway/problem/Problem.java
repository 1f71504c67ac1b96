package io.livemind.gateway.problem;

import java.time.Duration;
import java.util.Optional;

/** A request that is not carried out. Its message is for the client, and never repeats content. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final String field;
  private final long retryAfterMillis;

  private Problem(ProblemCode code, String message, String field, long retryAfterMillis) {
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** A field that is not as it must be. */
  public static Problem invalid(String field, String reason) {
    return new Problem(ProblemCode.INVALID_REQUEST, field + " " + reason, field, 0);
  }

  /** A parameter of the OpenAI interface that has no meaning here. */
  public static Problem unsupported(String field, String reason) {
    return new Problem(ProblemCode.UNSUPPORTED_PARAMETER, field + " " + reason, field, 0);
  }

  /** Something that holds more than is allowed. */
  public static Problem tooLarge(String field, String limit, long most) {
    return new Problem(
        ProblemCode.TOO_LARGE, field + " is larger than " + limit + " = " + most, field, 0);
  }

  /** More than is allowed in a time. */
  public static Problem tooMany(String limit, long most, Duration retryAfter) {
    return new Problem(
        ProblemCode.TOO_MANY_REQUESTS,
        limit + " = " + most + " is reached: try again later",
        limit,
        Math.max(1, retryAfter.toMillis()));
  }

  /** A problem that needs no field. */
  public static Problem of(ProblemCode code, String message) {
    return new Problem(code, message, "", 0);
  }

  /** A session that is not there, or not the caller's: the same answer for both. */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "There is no such thing here.");
  }

  public ProblemCode code() {
    return code;
  }

  /** The text for the client. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Which part of the request is meant, if one is. */
  public Optional<String> field() {
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  /** When the same may succeed, if waiting helps. */
  public Optional<Duration> retryAfter() {
    return retryAfterMillis == 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(retryAfterMillis));
  }
}
