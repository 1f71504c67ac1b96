package io.livemind.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The responses of faults that come instead of a reply. */
final class FaultResponses {
  private static final String PAGE =
      "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>"
          + "</center></body></html>";

  private static final String LOGIN =
      "<html><head><title>Sign in</title></head><body>Sign in to go on.</body></html>";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private FaultResponses() {}

  /**
   * The response of a fault at {@link Fault.Point#INSTEAD}.
   *
   * @param wire the API whose response it is
   * @param now for a Retry-After that is a date
   */
  static HttpResponse of(Fault fault, WireProfile wire, FaultPlan plan, Instant now) {
    return switch (fault) {
      case HTML_GATEWAY_ERROR -> HttpResponse.html(502, PAGE);
      case NOT_A_STREAM -> HttpResponse.html(200, LOGIN);
      default -> wire.error(wire.inOwnWords(fault, error(fault, plan, now)));
    };
  }

  private static ApiError error(Fault fault, FaultPlan plan, Instant now) {
    return switch (fault) {
      case BAD_REQUEST -> ApiError.badRequest("Invalid request (a simulated fault).");
      case CONTEXT_TOO_LONG ->
          ApiError.badRequest(
                  "This model's maximum context length is 8192 tokens. However, your messages"
                      + " resulted in 9001 tokens.")
              .withCode("context_length_exceeded");
      case UNAUTHORISED ->
          ApiError.of(401, "Incorrect API key provided.").withCode("invalid_api_key");
      case FORBIDDEN ->
          ApiError.of(403, "Your key may not use this model.").withType("permission_error");
      case NOT_FOUND ->
          ApiError.of(404, "The model does not exist or you do not have access to it.")
              .withCode("model_not_found");
      case RATE_LIMITED -> rateLimited();
      case RATE_LIMITED_SECONDS ->
          rateLimited().withHeader("retry-after", Long.toString(plan.retryAfter().toSeconds()));
      case RATE_LIMITED_DATE ->
          rateLimited().withHeader("retry-after", date(now.plus(plan.retryAfter())));
      case OUT_OF_CREDIT ->
          ApiError.of(429, "You exceeded your current quota, please check your plan and billing.")
              .withType("insufficient_quota")
              .withCode("insufficient_quota");
      case SERVER_ERROR -> ApiError.of(500, "The server had an error (a simulated fault).");
      case UNAVAILABLE ->
          ApiError.of(503, "Loading model").withType("unavailable_error").withCode("503");
      case OVERLOADED -> ApiError.of(529, "Overloaded").withType("overloaded_error");
      default -> throw new IllegalArgumentException(fault.code() + " has no response of its own");
    };
  }

  private static ApiError rateLimited() {
    return ApiError.of(429, "Rate limit reached for requests.")
        .withType("requests")
        .withCode("rate_limit_exceeded");
  }

  /** Rounded up: a client that waits until then has waited long enough. */
  private static String date(Instant at) {
    Instant up = Instant.ofEpochSecond(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0));
    return HTTP_DATE.format(up.atOffset(ZoneOffset.UTC));
  }
}
