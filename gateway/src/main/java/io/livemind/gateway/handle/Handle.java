package io.livemind.gateway.handle;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a client holds of a session.
 *
 * @param session its id, 128 random bits as 22 characters of base64url
 * @param answersPartition where its answers are written
 * @param owner whose it is
 * @param createdAtMillis when it was opened; milliseconds since the epoch
 */
public record Handle(String session, int answersPartition, Owner owner, long createdAtMillis) {
  /** Bytes of a session id. */
  static final int ID_LENGTH = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A handle of a session that does not exist yet. */
  public static Handle draw(int answersPartition, Owner owner, long nowMillis) {
    byte[] id = new byte[ID_LENGTH];
    RANDOM.nextBytes(id);
    String session = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    return new Handle(session, answersPartition, owner, nowMillis);
  }
}
