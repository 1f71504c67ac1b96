package io.livemind.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be wrong with a model server. A fault is put on a call by the request header {@value
 * #HEADER}, by a scripted reply, or by rate ({@link FaultPlan}).
 *
 * <p>Named here as on OpenAI's wire; each {@link WireProfile} gives them its own words, statuses
 * being the same but for an account without credit. "The end mark" is {@code [DONE]} at OpenAI's,
 * {@code message_stop} at Anthropic's. Gemini's has none: there a stream without it is a good one,
 * and one without a finish reason the same as one that ends early.
 *
 * <p>"Mid-stream" is after half of the reply's tokens. A stall lasts until the client leaves, at
 * most {@link FaultPlan#stallLimit}; then the connection is closed.
 */
public enum Fault {
  // Instead of a reply.
  /** Status 400, invalid_request_error. */
  BAD_REQUEST(Point.INSTEAD, Effect.RESPONSE),
  /** Status 400, context_length_exceeded. */
  CONTEXT_TOO_LONG(Point.INSTEAD, Effect.RESPONSE),
  /** Status 401, invalid_api_key. */
  UNAUTHORISED(Point.INSTEAD, Effect.RESPONSE),
  /** Status 403, permission_error. */
  FORBIDDEN(Point.INSTEAD, Effect.RESPONSE),
  /** Status 404, model_not_found. */
  NOT_FOUND(Point.INSTEAD, Effect.RESPONSE),
  /** Status 429, rate_limit_exceeded, without Retry-After. */
  RATE_LIMITED(Point.INSTEAD, Effect.RESPONSE),
  /** Status 429 with Retry-After in seconds; at Gemini's in the error's body. */
  RATE_LIMITED_SECONDS(Point.INSTEAD, Effect.RESPONSE),
  /** Status 429 with Retry-After as a date. */
  RATE_LIMITED_DATE(Point.INSTEAD, Effect.RESPONSE),
  /** Status 429, at Anthropic's 400, insufficient_quota: waiting does not help. */
  OUT_OF_CREDIT(Point.INSTEAD, Effect.RESPONSE),
  /** Status 500, server_error. */
  SERVER_ERROR(Point.INSTEAD, Effect.RESPONSE),
  /** Status 502 with a page of HTML, as a proxy sends it. */
  HTML_GATEWAY_ERROR(Point.INSTEAD, Effect.RESPONSE),
  /** Status 503, the model is still loading. */
  UNAVAILABLE(Point.INSTEAD, Effect.RESPONSE),
  /** Status 529, overloaded_error. */
  OVERLOADED(Point.INSTEAD, Effect.RESPONSE),
  /** Status 200 with a page of HTML where a stream is wanted. */
  NOT_A_STREAM(Point.INSTEAD, Effect.RESPONSE),

  // Before the response's headers.
  /** TCP reset before the headers. */
  RESET_BEFORE_HEADERS(Point.BEFORE_HEADERS, Effect.RESET),
  /** Connection closed before the headers. */
  CLOSE_BEFORE_HEADERS(Point.BEFORE_HEADERS, Effect.CLOSE),
  /** Silence before the headers. */
  STALL_BEFORE_HEADERS(Point.BEFORE_HEADERS, Effect.STALL),

  // After the headers, before the first token.
  /** TCP reset before the first token. */
  RESET_BEFORE_FIRST_TOKEN(Point.BEFORE_FIRST_TOKEN, Effect.RESET),
  /** Connection closed before the first token. */
  CLOSE_BEFORE_FIRST_TOKEN(Point.BEFORE_FIRST_TOKEN, Effect.CLOSE),
  /** Silence before the first token. */
  STALL_BEFORE_FIRST_TOKEN(Point.BEFORE_FIRST_TOKEN, Effect.STALL),
  /** A clean end of the body before the first token. */
  CLEAN_END_BEFORE_FIRST_TOKEN(Point.BEFORE_FIRST_TOKEN, Effect.CLEAN_END),
  /** Comment lines, and never a token. */
  COMMENTS_ONLY(Point.BEFORE_FIRST_TOKEN, Effect.COMMENTS),

  // Mid-stream.
  /** TCP reset mid-stream. */
  RESET_MID_STREAM(Point.MID_STREAM, Effect.RESET),
  /** Connection closed mid-stream, within the chunked body. */
  CLOSE_MID_STREAM(Point.MID_STREAM, Effect.CLOSE),
  /** Silence between tokens. */
  STALL_MID_STREAM(Point.MID_STREAM, Effect.STALL),
  /** One event that is no JSON; the stream then goes on and ends well. */
  MALFORMED_JSON(Point.MID_STREAM, Effect.MALFORMED),
  /** An error event inside a 200, then the end mark. */
  IN_BAND_ERROR(Point.MID_STREAM, Effect.ERROR_EVENT),
  /** Half of the reply, then finish reason "abort" (pause_turn, OTHER) and the end mark. */
  FINISH_ABORT(Point.MID_STREAM, Effect.ABORT),
  /** Half of the reply, then finish reason "content_filter" (refusal, SAFETY) and the end mark. */
  FINISH_REFUSED(Point.MID_STREAM, Effect.REFUSE),
  /** Half of the reply, then the end mark without a finish reason. */
  NO_FINISH_REASON(Point.MID_STREAM, Effect.NO_REASON),
  /** Half of the reply, then a clean end of the body: no finish reason, no end mark. */
  CLEAN_END_EARLY(Point.MID_STREAM, Effect.CLEAN_END),

  // At the end.
  /** The whole reply with its finish reason, then a TCP reset. */
  RESET_AFTER_REASON(Point.AT_END, Effect.RESET),
  /** The whole reply with its finish reason; the connection is closed within the chunked body. */
  CLOSE_AFTER_REASON(Point.AT_END, Effect.CLOSE),
  /** The whole reply with its finish reason, then a clean end of the body without the end mark. */
  NO_DONE(Point.AT_END, Effect.NO_DONE),
  /** The whole reply and the end mark, then silence: the body is not ended. */
  SILENCE_AFTER_DONE(Point.AT_END, Effect.SILENCE),

  // All the way; the reply is whole, and a client must read it as if nothing were.
  /** Each byte in a TCP write of its own. */
  ONE_BYTE_SLICES(Point.THROUGHOUT, Effect.SLICES),
  /** Each event in two TCP writes, cut inside a character of several bytes where there is one. */
  SPLIT_CODE_POINT(Point.THROUGHOUT, Effect.SPLIT),
  /** Empty pieces, pieces of white space, and surrogate pairs cut between two events. */
  ODD_TOKENS(Point.THROUGHOUT, Effect.ODD_TOKENS),
  /** The event stream under the content type text/plain. */
  WRONG_CONTENT_TYPE(Point.THROUGHOUT, Effect.CONTENT_TYPE),

  // Another reply than the right one.
  /** The reply over and over, whatever max_tokens says. */
  NEVER_STOPS(Point.THROUGHOUT, Effect.ENDLESS),
  /** A reply that does not have the form of an action. */
  IGNORES_FORMAT(Point.THROUGHOUT, Effect.OTHER_TEXT),
  /** A reply in another language than the prompt's. */
  OTHER_LANGUAGE(Point.THROUGHOUT, Effect.OTHER_TEXT);

  /** Request header that names a fault, as {@code reset-mid-stream}; case does not matter. */
  public static final String HEADER = "x-simulator-fault";

  /** When in a call a fault happens. */
  enum Point {
    INSTEAD,
    BEFORE_HEADERS,
    BEFORE_FIRST_TOKEN,
    MID_STREAM,
    AT_END,
    THROUGHOUT
  }

  /** What happens then. */
  enum Effect {
    RESPONSE,
    RESET,
    CLOSE,
    STALL,
    COMMENTS,
    MALFORMED,
    ERROR_EVENT,
    ABORT,
    REFUSE,
    NO_REASON,
    CLEAN_END,
    NO_DONE,
    SILENCE,
    SLICES,
    SPLIT,
    ODD_TOKENS,
    CONTENT_TYPE,
    ENDLESS,
    OTHER_TEXT
  }

  private final Point point;
  private final Effect effect;

  Fault(Point point, Effect effect) {
    this.point = point;
    this.effect = effect;
  }

  /** The name in headers, configuration and documentation. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Empty if there is no fault of this name. */
  public static Optional<Fault> of(String code) {
    return Arrays.stream(values()).filter(fault -> fault.code().equalsIgnoreCase(code)).findFirst();
  }

  /** All names, for messages. */
  public static String codes() {
    return Arrays.stream(values()).map(Fault::code).collect(Collectors.joining(", "));
  }

  Point point() {
    return point;
  }

  Effect effect() {
    return effect;
  }
}
