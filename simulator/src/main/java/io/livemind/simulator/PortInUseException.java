package io.livemind.simulator;

/** The simulator cannot listen where it was told to; the message says where, why and what to do. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int port;

  PortInUseException(String address, int port, Throwable cause) {
    super(
        "the simulator cannot listen on "
            + address
            + ":"
            + port
            + " ("
            + cause.getMessage()
            + "): choose another port, or 0 for any free one",
        cause);
    this.port = port;
  }

  /** That was asked for. */
  public int port() {
    return port;
  }
}
