package io.livemind.gateway.handle;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Writes and reads event ids, signed for one session each: the id of one session's event resumes no
 * other session.
 *
 * <p>Threading: immutable.
 */
public final class EventIds {
  private static final String PURPOSE = "event";
  private static final int TOPIC_LENGTH = 16;
  private static final int LENGTH = TOPIC_LENGTH + Integer.BYTES + Long.BYTES;

  private final Signature signature;

  public EventIds(Signature signature) {
    this.signature = signature;
  }

  /** The signed form, 59 characters of base64url. */
  public String write(String session, EventId id) {
    ByteBuffer data = ByteBuffer.allocate(LENGTH);
    data.put(HexFormat.of().parseHex(id.topic())).putInt(id.partition()).putLong(id.offset());
    return signature.sign(PURPOSE, session, data.array());
  }

  /** The id; empty if it was not written for this session by a gateway of the deployment. */
  public Optional<EventId> read(String session, String signed) {
    return signature
        .verify(PURPOSE, session, signed)
        .filter(data -> data.length == LENGTH)
        .map(EventIds::parse);
  }

  private static EventId parse(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes);
    byte[] topic = new byte[TOPIC_LENGTH];
    data.get(topic);
    return new EventId(HexFormat.of().formatHex(topic), data.getInt(), data.getLong());
  }
}
