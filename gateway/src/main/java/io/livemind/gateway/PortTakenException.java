package io.livemind.gateway;

/** The gateway cannot listen where its configuration says. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(GatewayConfig config, Throwable cause) {
    super(
        "gateway.port "
            + config.port()
            + " on "
            + config.host()
            + " cannot be listened on; another process has it, or it needs more rights: choose"
            + " another port, or 0 for any free one",
        cause);
  }
}
