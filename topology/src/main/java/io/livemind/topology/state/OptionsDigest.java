package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.SessionOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What tells one set of options from another: the first 64 bits of the SHA-256 of their record.
 * Whoever wants another's options to be taken for the own has to find a second preimage.
 */
public final class OptionsDigest {
  private static final AvroSerde<SessionOptions> RECORDS = StateSchemas.serde(SessionOptions.class);

  private OptionsDigest() {}

  public static long of(SessionOptions options) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(RECORDS.encode(options));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
