package io.livemind.replay.play;

/** The log cannot be read or written, so that nothing can be played. */
public final class PlayerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what cannot be done, and what to check
   * @param cause what the client library said
   */
  public PlayerException(String message, Throwable cause) {
    super(message, cause);
  }
}
