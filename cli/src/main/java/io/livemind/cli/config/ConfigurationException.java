package io.livemind.cli.config;

/**
 * The configuration is wrong: the message names the key, where its value stands, and the remedy.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }

  ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
