package io.livemind.cli.admin;

/** The admin server cannot listen where it should. */
public final class AdminPortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AdminPortException(String host, int port, Throwable cause) {
    super(
        "livemind.admin.port "
            + port
            + " at "
            + host
            + " cannot be listened on: "
            + cause.getMessage()
            + "; take another port, or 0 for any free one",
        cause);
  }
}
