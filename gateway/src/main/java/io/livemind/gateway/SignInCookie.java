package io.livemind.gateway;

import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.handle.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a browser's cookie says: whose it is and until when, signed together with the proof that it
 * was given out for, an API key or the key of an issuer. The proof does not stand in it, and the
 * cookie is good only where that proof still is.
 *
 * <p>Threading: immutable.
 */
final class SignInCookie {
  private static final String PURPOSE = "sign-in";
  private static final int OWNER_LENGTH = 32;
  private static final int LENGTH = OWNER_LENGTH + Long.BYTES;

  private final Signature signature;

  SignInCookie(Signature signature) {
    this.signature = signature;
  }

  /**
   * @param untilMillis when it expires, milliseconds since the epoch
   */
  String write(Owner owner, long untilMillis, String proof) {
    ByteBuffer data = ByteBuffer.allocate(LENGTH);
    data.put(owner.digest().getBytes(StandardCharsets.US_ASCII));
    data.putLong(untilMillis);
    return signature.sign(PURPOSE, proof, data.array());
  }

  /**
   * Whose it is; nobody's if it was given out for none of the proofs, or has expired.
   *
   * @param proofs those that are good now; looked at until one fits
   */
  Optional<Caller> read(String cookie, Stream<String> proofs, long nowMillis) {
    return proofs
        .flatMap(proof -> signature.verify(PURPOSE, proof, cookie).stream())
        .findFirst()
        .filter(data -> data.length == LENGTH)
        .map(SignInCookie::caller)
        .filter(caller -> !caller.isExpired(nowMillis));
  }

  private static Caller caller(byte[] data) {
    return new Caller(
        new Owner(new String(data, 0, OWNER_LENGTH, StandardCharsets.US_ASCII)),
        OptionalLong.of(ByteBuffer.wrap(data).getLong(OWNER_LENGTH)));
  }
}
