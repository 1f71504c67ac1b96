package io.livemind.gateway;

import io.livemind.gateway.handle.Owner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who may use the gateway. */
public sealed interface Auth {

  /** Everybody who reaches it; allowed on loopback only. */
  record None() implements Auth {}

  /**
   * Holders of a key.
   *
   * @param users by API key, the name of the user
   */
  record ApiKeys(Map<String, String> users) implements Auth {
    private static final int SHORTEST = 16;

    public ApiKeys {
      users = Map.copyOf(users);
      if (users.isEmpty())
        throw new IllegalArgumentException(
            "gateway.auth.api-keys must name at least one key and its user");
      for (String key : users.keySet())
        if (key.length() < SHORTEST)
          throw new IllegalArgumentException(
              "gateway.auth.api-keys: a key must have at least "
                  + SHORTEST
                  + " characters, but has "
                  + key.length()
                  + ": draw it at random");
    }

    /**
     * The owner of a key. Keys are compared by their hashes, so that the time tells nothing about
     * them.
     */
    public Optional<Owner> owner(String key) {
      Map<String, String> byHash = new HashMap<>();
      users.forEach((known, user) -> byHash.put(hash(known), user));
      return Optional.ofNullable(byHash.get(hash(key))).map(Owner::of);
    }

    private static String hash(String key) {
      try {
        byte[] bytes =
            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        return new String(bytes, StandardCharsets.ISO_8859_1);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    public String toString() {
      return "ApiKeys[" + users.size() + "]";
    }
  }
}
