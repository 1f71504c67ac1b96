package io.livemind.cli.role;

import io.livemind.cli.config.Settings;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** From what a client threw to what an operator can do. */
final class ClusterFailure {
  private ClusterFailure() {}

  /** Names the key to look at, and where its value stands. */
  static ClusterException of(Settings settings, Throwable cause) {
    return switch (cause) {
      case SslAuthenticationException tls ->
          new ClusterException(
              "the brokers' certificate is not accepted, or they do not accept ours"
                  + settings.where("kafka.ssl.truststore.location")
                  + ": "
                  + tls.getMessage()
                  + "; check livemind.kafka.ssl.truststore.location and ssl.keystore.location",
              tls);
      case AuthenticationException login ->
          new ClusterException(
              "the brokers do not accept the login"
                  + settings.where("kafka.sasl.jaas.config")
                  + ": "
                  + login.getMessage()
                  + "; check livemind.kafka.sasl.mechanism and livemind.kafka.sasl.jaas.config",
              login);
      case AuthorizationException refused ->
          new ClusterException("access denied: " + refused.getMessage(), refused);
      default ->
          new ClusterException(
              "no broker answers at livemind.kafka.bootstrap.servers"
                  + settings.where("kafka.bootstrap.servers")
                  + ": "
                  + cause.getMessage()
                  + "; check host and port, that the brokers run, and"
                  + " livemind.kafka.security.protocol",
              cause);
    };
  }

  static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    return deepest;
  }
}
