package io.livemind.schemas;

import static io.livemind.schemas.FailureCode.Fault.CLIENT;
import static io.livemind.schemas.FailureCode.Fault.MODEL;
import static io.livemind.schemas.FailureCode.Fault.OPERATOR;
import static io.livemind.schemas.FailureCode.Fault.SYSTEM;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one name of every failure: the same in records, exceptions, metrics, logs, dead letters, API
 * errors and the runbook.
 */
public enum FailureCode {
  // A fragment was not taken.
  SESSION_UNKNOWN(
      "session_unknown",
      CLIENT,
      false,
      "The session was never opened, or is gone: open a new one."),
  SESSION_EXISTS("session_exists", CLIENT, false, "The session is open already."),
  MISSING_SEQUENCE(
      "missing_sequence",
      CLIENT,
      true,
      "Fragments are missing: send them again from the expected number."),
  NOT_WRITER(
      "not_writer",
      CLIENT,
      false,
      "A newer client writes in this session: reopen to take it back."),
  WRONG_TURN(
      "wrong_turn",
      CLIENT,
      false,
      "The fragment belongs to another turn than the one that is typed."),
  BAD_POSITION(
      "bad_position",
      CLIENT,
      false,
      "The edit lies outside the prompt, or inside a surrogate pair."),
  FRAGMENT_TOO_LARGE(
      "fragment_too_large",
      CLIENT,
      false,
      "One fragment holds more text than is allowed: send it in pieces."),
  PROMPT_TOO_LARGE("prompt_too_large", CLIENT, false, "The prompt is longer than is allowed."),
  TOO_MANY_FRAGMENTS(
      "too_many_fragments",
      CLIENT,
      false,
      "The turn has as many fragments as is allowed: submit or cancel it."),
  TOO_MANY_TURNS(
      "too_many_turns",
      CLIENT,
      false,
      "The session has as many turns as is allowed: open a new one."),
  TOO_MANY_SESSIONS(
      "too_many_sessions",
      SYSTEM,
      true,
      "As many sessions are open as is allowed: try again later."),
  EMPTY_PROMPT("empty_prompt", CLIENT, false, "There is nothing to answer: type first."),
  RESYNC(
      "resync",
      CLIENT,
      true,
      "The pipeline holds another text than the client: send the whole prompt again."),

  // A turn ended without an answer.
  TURN_DEADLINE("turn_deadline", SYSTEM, true, "The answer did not come in time: ask again."),
  ATTEMPTS_EXHAUSTED(
      "attempts_exhausted", SYSTEM, true, "Every worker that tried to answer was lost: ask again."),

  BUDGET_SPENT(
      "budget_spent",
      CLIENT,
      false,
      "The session has spent its budget of model calls or tokens: open a new one."),

  // A model call failed.
  TRUNCATED("truncated", MODEL, true, "The model stopped before its answer was complete."),
  LENGTH_LIMIT("length_limit", MODEL, false, "The answer reached the limit of its length."),
  REFUSED("refused", MODEL, false, "The model refused to answer."),
  RATE_LIMITED("rate_limited", MODEL, true, "The model's server takes no more requests for now."),
  OUT_OF_CREDIT(
      "out_of_credit", OPERATOR, false, "The account at the model's provider is used up."),
  OVERLOADED("overloaded", MODEL, true, "The model's server is overloaded."),
  MODEL_ERROR("model_error", MODEL, true, "The model's server reported an error of its own."),
  CONNECT_TIMEOUT(
      "connect_timeout", MODEL, true, "The model's server did not take the connection in time."),
  FIRST_TOKEN_TIMEOUT(
      "first_token_timeout", MODEL, true, "The model did not begin its answer in time."),
  IDLE_TIMEOUT("idle_timeout", MODEL, true, "The model paused in its answer for too long."),
  TOTAL_TIMEOUT("total_timeout", MODEL, true, "The model's answer took too long as a whole."),
  UNREACHABLE(
      "unreachable", OPERATOR, true, "The model's server cannot be reached: check its URL."),
  DISCONNECTED("disconnected", MODEL, true, "The connection to the model's server broke."),
  MALFORMED("malformed", MODEL, true, "The model's server sent something that is no answer."),
  UNAUTHORISED("unauthorised", OPERATOR, false, "The model's server does not accept the key."),
  MODEL_UNKNOWN(
      "model_unknown",
      OPERATOR,
      false,
      "No model of this name is configured, or the server has none."),
  BAD_REQUEST("bad_request", OPERATOR, false, "The model's server rejected the request."),
  CONTEXT_TOO_LONG(
      "context_too_long",
      CLIENT,
      false,
      "Prompt and history do not fit the model's context window."),
  CANCELLED("cancelled", CLIENT, false, "The call was cancelled."),

  // A record could not be read or processed.
  UNREADABLE("unreadable", SYSTEM, false, "The bytes are no record of a known schema."),
  OPTIONS_TOO_LARGE(
      "options_too_large",
      CLIENT,
      false,
      "The options allow more than a task holds: fewer inferences a turn, or shorter system texts."),
  UNPROCESSABLE("unprocessable", SYSTEM, false, "Processing the record failed."),
  UNKNOWN_PARTITION(
      "unknown_partition", CLIENT, false, "The record names a partition that the topic has not.");

  /** Whose doing it is, and so who can mend it. */
  public enum Fault {
    CLIENT,
    MODEL,
    SYSTEM,
    OPERATOR
  }

  private static final Map<String, FailureCode> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(FailureCode::code, Function.identity()));

  private final String code;
  private final Fault fault;
  private final boolean retryable;
  private final String remedy;

  FailureCode(String code, Fault fault, boolean retryable, String remedy) {
    this.code = code;
    this.fault = fault;
    this.retryable = retryable;
    this.remedy = remedy;
  }

  /** Lower case with underscores, as it stands in records, metrics and API errors. */
  public String code() {
    return code;
  }

  public Fault fault() {
    return fault;
  }

  /** Whether the same request may succeed when it is made again unchanged. */
  public boolean retryable() {
    return retryable;
  }

  /**
   * One sentence for whoever meets it: what happened, and what to do where something can be done.
   */
  public String remedy() {
    return remedy;
  }

  /** Empty for a code of a newer release. */
  public static Optional<FailureCode> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
