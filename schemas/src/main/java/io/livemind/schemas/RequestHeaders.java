package io.livemind.schemas;

/**
 * HTTP headers that tell a model server of our own (the simulator) what a call belongs to. They are
 * sent only to a backend that is configured to get them: to a stranger a session id is nobody's
 * business.
 */
public final class RequestHeaders {
  /** The session id. */
  public static final String SESSION = "x-livemind-session";

  /** The turn, from 0. */
  public static final String TURN = "x-livemind-turn";

  /** The step of the turn, from 0. */
  public static final String STEP = "x-livemind-step";

  /** {@code inference} or {@code answer}. */
  public static final String KIND = "x-livemind-kind";

  private RequestHeaders() {}
}
