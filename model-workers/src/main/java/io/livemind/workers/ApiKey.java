package io.livemind.workers;

/**
 * The key of an account at a model's provider. Its text form hides it, so that no log and no
 * message can show it.
 *
 * @param value as it is sent
 */
public record ApiKey(String value) {
  public ApiKey {
    if (value.isBlank()) {
      throw ReplicaConfig.wrong(
          "key", "more than white space, or left out for a server without keys", "empty");
    }
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
