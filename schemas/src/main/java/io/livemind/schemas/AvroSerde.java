package io.livemind.schemas;

import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record in Avro single-object encoding: two marker bytes, the fingerprint of the writer's
 * schema, the data. The schemas that can be read are the ones this build knows; no registry must
 * run. So what is written is what the release before can read, too: see {@link ReleasedSchemas}.
 *
 * <p>Threading: immutable; serializer and deserializer may be shared.
 *
 * @param <T> the generated record
 */
public final class AvroSerde<T extends SpecificRecord> extends BytesSerde<T> {
  private final String name;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  /** Serde of the schema as this build has it. */
  AvroSerde(Class<T> type) {
    this(type, List.of(SpecificData.get().getSchema(type)));
  }

  /**
   * Serde that writes the newest of these schemas, and reads them all and what this build has.
   *
   * @param released schemas of the same record, the oldest first
   * @throws IllegalArgumentException if this build's record is not the newest one, grown at its end
   */
  public AvroSerde(Class<T> type, List<Schema> released) {
    Schema schema = SpecificData.get().getSchema(type);
    SchemaGrowth.check(released.getLast(), schema);
    var known = new SchemaStore.Cache();
    known.addSchema(schema);
    released.forEach(known::addSchema);
    SpecificData model = SpecificData.getForSchema(schema);
    this.name = schema.getName();
    Schema newest = released.getLast();
    this.encoder = new BinaryMessageEncoder<>(model, newest.equals(schema) ? schema : newest);
    this.decoder = new BinaryMessageDecoder<>(model, schema, known);
  }

  /** The record's bytes. */
  @Override
  public byte[] encode(T value) {
    try {
      var buffer = encoder.encode(value);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException | AvroRuntimeException e) {
      throw new SerializationException("cannot write " + name, e);
    }
  }

  /**
   * The record of these bytes.
   *
   * @throws SerializationException if they are no record of a known schema; the message never holds
   *     content
   */
  @Override
  public T decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "not a record of " + name + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
