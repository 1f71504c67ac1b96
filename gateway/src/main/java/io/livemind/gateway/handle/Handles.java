package io.livemind.gateway.handle;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Writes and reads handles: version, id, answers partition, owner digest, creation time, signed.
 *
 * <p>Threading: immutable.
 */
public final class Handles {
  private static final String PURPOSE = "handle";
  private static final byte VERSION = 1;
  private static final int LENGTH =
      1 + Handle.ID_LENGTH + Integer.BYTES + Owner.LENGTH + Long.BYTES;

  private final Signature signature;

  public Handles(Signature signature) {
    this.signature = signature;
  }

  /** The signed form, 82 characters that need no escaping in a URL. */
  public String write(Handle handle) {
    ByteBuffer data = ByteBuffer.allocate(LENGTH);
    data.put(VERSION).put(Base64.getUrlDecoder().decode(handle.session()));
    data.putInt(handle.answersPartition()).put(handle.owner().bytes());
    data.putLong(handle.createdAtMillis());
    return signature.sign(PURPOSE, "", data.array());
  }

  /**
   * The handle, if it was signed here or at another gateway of the deployment and belongs to the
   * caller.
   *
   * @return empty otherwise; whether it was forged or is somebody else's does not show, in the time
   *     that it takes neither: the same is done for both
   */
  public Optional<Handle> read(String signed, Owner caller) {
    return signature
        .claim(PURPOSE, "", signed)
        .filter(claim -> claim.data().length == LENGTH && claim.data()[0] == VERSION)
        .flatMap(claim -> ofCaller(claim, caller));
  }

  private static Optional<Handle> ofCaller(Signature.Claim claim, Owner caller) {
    Handle handle = parse(claim.data());
    boolean callers = MessageDigest.isEqual(handle.owner().bytes(), caller.bytes());
    return claim.valid() & callers ? Optional.of(handle) : Optional.empty();
  }

  private static Handle parse(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    byte[] id = new byte[Handle.ID_LENGTH];
    byte[] owner = new byte[Owner.LENGTH];
    data.get(id);
    int partition = data.getInt();
    data.get(owner);
    return new Handle(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        partition,
        Owner.ofBytes(owner),
        data.getLong());
  }
}
