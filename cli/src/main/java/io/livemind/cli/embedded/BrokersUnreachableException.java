package io.livemind.cli.embedded;

/** The brokers do not answer, or refuse what is asked of them. */
public final class BrokersUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokersUnreachableException(String action, Throwable cause) {
    super(
        action
            + " failed: "
            + cause.getMessage()
            + "; check bootstrap.servers, and that the brokers run and grant this principal access",
        cause);
  }
}
