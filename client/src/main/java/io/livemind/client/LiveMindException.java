package io.livemind.client;

/** A gateway cannot be used, or a session is over; the message says why. */
public final class LiveMindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  LiveMindException(String code, String message) {
    super(message);
    this.code = code;
  }

  LiveMindException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /**
   * The gateway's code ({@code unauthenticated}, {@code not_found} …), {@code unreachable}, or
   * {@code closed}.
   */
  public String code() {
    return code;
  }
}
