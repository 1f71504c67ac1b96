package io.livemind.gateway.handle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who owns a session, without the name: the first 128 bits of the SHA-256 of it.
 *
 * @param digest 32 hexadecimal digits; all zero where there are no users
 */
public record Owner(String digest) {
  /** Bytes of the digest. */
  static final int LENGTH = 16;

  /** The owner where there are no users. */
  public static final Owner NOBODY = new Owner("0".repeat(2 * LENGTH));

  public Owner {
    if (digest.length() != 2 * LENGTH)
      throw new IllegalArgumentException("an owner digest has 32 hexadecimal digits");
  }

  /** The owner of this name. */
  public static Owner of(String user) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
      return ofBytes(Arrays.copyOf(hash, LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Owner ofBytes(byte[] bytes) {
    return new Owner(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(digest);
  }

  /** As a fragment carries it: empty where there are no users. */
  public String inFragment() {
    return equals(NOBODY) ? "" : digest;
  }
}
