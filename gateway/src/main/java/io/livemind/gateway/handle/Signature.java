package io.livemind.gateway.handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Signs small pieces of data: HMAC-SHA256, cut to 128 bits, over a purpose, a context that both
 * sides know, and the data. The signed form is the data and the signature in base64url, without
 * padding.
 *
 * <p>Threading: immutable.
 */
public final class Signature {
  /** Bytes of the signature. */
  static final int LENGTH = 16;

  private final List<HandleKey> keys;

  /**
   * @param keys the first signs, all are accepted; one at least
   */
  public Signature(List<HandleKey> keys) {
    this.keys = List.copyOf(keys);
    if (this.keys.isEmpty())
      throw new IllegalArgumentException(
          "gateway.handle-keys must name at least one key: the first signs, all are accepted");
  }

  /** The signed form of the data. */
  public String sign(String purpose, String context, byte[] data) {
    byte[] signed = Arrays.copyOf(data, data.length + LENGTH);
    byte[] mac = mac(keys.getFirst(), purpose, context, data);
    System.arraycopy(mac, 0, signed, data.length, LENGTH);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
  }

  /**
   * What looks like a signed form.
   *
   * @param valid whether it was signed with one of the keys, for this purpose, in this context
   */
  record Claim(byte[] data, boolean valid) {}

  /**
   * The data of a signed form.
   *
   * @return empty if it is not one, or was signed with another key, for another purpose or in
   *     another context
   */
  public Optional<byte[]> verify(String purpose, String context, String signed) {
    return claim(purpose, context, signed).filter(Claim::valid).map(Claim::data);
  }

  /** The same, for whoever does more with it before the answer shows. */
  Optional<Claim> claim(String purpose, String context, String signed) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(signed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length < LENGTH) return Optional.empty();
    byte[] data = Arrays.copyOf(bytes, bytes.length - LENGTH);
    byte[] claimed = Arrays.copyOfRange(bytes, bytes.length - LENGTH, bytes.length);
    boolean valid = false;
    // No early exit: the time tells nothing about the key.
    for (HandleKey key : keys)
      valid |= MessageDigest.isEqual(claimed, mac(key, purpose, context, data));
    return Optional.of(new Claim(data, valid));
  }

  private static byte[] mac(HandleKey key, String purpose, String context, byte[] data) {
    Mac mac = key.mac();
    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    mac.update(context.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return Arrays.copyOf(mac.doFinal(data), LENGTH);
  }
}
