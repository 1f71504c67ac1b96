package io.livemind.gateway.handle;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs handles, event ids and browser cookies. All gateways of a deployment share
 * their keys: the first one signs, each of them is accepted.
 */
public final class HandleKey {
  /** Bytes that a secret has at least. */
  public static final int SHORTEST = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** Never fed, only copied: to look one up and to key it costs as much as to use it. */
  private final Mac prototype;

  private HandleKey(byte[] secret) {
    if (secret.length < SHORTEST)
      throw new IllegalArgumentException(
          "gateway.handle-keys: a key must have at least "
              + SHORTEST
              + " bytes, but has "
              + secret.length
              + ": draw it at random, for example with `openssl rand -hex 32`");
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * A key of these hexadecimal digits, at least 64 of them.
   *
   * @throws IllegalArgumentException if they are none; the message names key and remedy
   */
  public static HandleKey ofHex(String digits) {
    byte[] secret;
    try {
      secret = HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      // Without what the JDK says: it shows a piece of the secret.
      throw new IllegalArgumentException(
          "gateway.handle-keys: a key must be hexadecimal digits, two for each byte: "
              + "draw it at random, for example with `openssl rand -hex 32`");
    }
    return new HandleKey(secret);
  }

  /** A key that nobody else has: handles then end with this process. */
  public static HandleKey random() {
    byte[] secret = new byte[SHORTEST];
    new SecureRandom().nextBytes(secret);
    return new HandleKey(secret);
  }

  /** A keyed HMAC-SHA256 that nothing was fed to. */
  Mac mac() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the HmacSHA256 of this Java platform cannot be copied", e);
    }
  }

  @Override
  public String toString() {
    return "HandleKey[secret]";
  }
}
