package io.livemind.client;

import java.util.Optional;

/**
 * What a new session is to be like.
 *
 * @param model a name of the gateway's configuration; empty: its default
 * @param system what the operator of the client wants the models to know
 * @param answerFormat the wanted form of the answer, in words
 */
public record SessionRequest(
    Optional<String> model, Optional<String> system, Optional<String> answerFormat) {
  /** As the gateway is configured. */
  public static final SessionRequest DEFAULT =
      new SessionRequest(Optional.empty(), Optional.empty(), Optional.empty());

  /** With this model. */
  public static SessionRequest model(String name) {
    return new SessionRequest(Optional.of(name), Optional.empty(), Optional.empty());
  }
}
