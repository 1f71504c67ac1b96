package io.livemind.simulator;

/** One message of a call. */
public record ChatMessage(Role role, String content) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }

  boolean is(Role wanted) {
    return role == wanted;
  }
}
