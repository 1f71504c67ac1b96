package io.livemind.cli.embedded;

/** The embedded broker did not start. */
public final class BrokerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerStartException(Throwable cause) {
    super(
        "the embedded broker did not start: "
            + cause
            + "; it needs two free ports on "
            + LoopbackPorts.HOST
            + " and about 20 MB in the temporary directory",
        cause);
  }
}
