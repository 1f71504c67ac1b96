package io.livemind.gateway;

import io.livemind.gateway.handle.Owner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who may use the gateway. */
public sealed interface Auth {

  /** Everybody who reaches it; allowed on loopback only. */
  record None() implements Auth {}

  /**
   * Holders of a signed token (JWT) of an issuer.
   *
   * @param keys where the issuer's public keys are: https, or http on loopback; a set of JWKs
   * @param issuer must stand in {@code iss}
   * @param audience must stand in {@code aud}
   * @param algorithms that a token may be signed with; none that share a secret
   */
  record Tokens(URI keys, String issuer, String audience, Set<String> algorithms) implements Auth {
    private static final Set<String> KNOWN =
        Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Tokens {
      algorithms = Set.copyOf(algorithms);
      boolean secure = "https".equals(keys.getScheme());
      boolean local = "http".equals(keys.getScheme()) && LOOPBACK.contains(keys.getHost());
      if (!secure && !local)
        throw new IllegalArgumentException(
            "gateway.auth.tokens.keys must be an https URL, but is "
                + keys
                + ": whoever answers there decides who may come in");
      if (issuer.isBlank() || audience.isBlank())
        throw new IllegalArgumentException(
            "gateway.auth.tokens.issuer and .audience must not be empty: a token for another"
                + " service would be good here");
      if (algorithms.isEmpty() || !KNOWN.containsAll(algorithms))
        throw new IllegalArgumentException(
            "gateway.auth.tokens.algorithms must be some of "
                + new TreeSet<>(KNOWN)
                + ", but is "
                + algorithms
                + ": take those that the issuer signs with");
    }
  }

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

    /** What proves that this key is configured, for its user; empty if it is not. */
    Optional<String> proof(String key) {
      return Optional.ofNullable(users.get(key)).map(user -> proof(key, user));
    }

    /** The proofs of all keys. */
    Stream<String> proofs() {
      return users.entrySet().stream().map(each -> proof(each.getKey(), each.getValue()));
    }

    private static String proof(String key, String user) {
      return hash(key) + user;
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
