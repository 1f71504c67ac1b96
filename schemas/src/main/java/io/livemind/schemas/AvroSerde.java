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
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A record in Avro single-object encoding: two marker bytes, the fingerprint of the writer's
 * schema, the data. The schemas that can be read are the ones this build knows; no registry must
 * run.
 *
 * <p>Threading: immutable; serializer and deserializer may be shared.
 *
 * @param <T> the generated record
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final String name;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  /** Serde of the schema as this build has it. */
  public AvroSerde(Class<T> type) {
    this(type, List.of());
  }

  /**
   * Serde that also reads what older or newer releases wrote.
   *
   * @param released other schemas of the same record
   */
  public AvroSerde(Class<T> type, List<Schema> released) {
    Schema schema = SpecificData.get().getSchema(type);
    var known = new SchemaStore.Cache();
    known.addSchema(schema);
    released.forEach(known::addSchema);
    SpecificData model = SpecificData.getForSchema(schema);
    this.name = schema.getName();
    this.encoder = new BinaryMessageEncoder<>(model, schema);
    this.decoder = new BinaryMessageDecoder<>(model, schema, known);
  }

  /** The record's bytes. */
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
  public T decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "not a record of " + name + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return new Serializer<>() {
      @Override
      @SuppressWarnings("NullAway") // Kafka writes a tombstone for a null value.
      public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : encode(value);
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return new Deserializer<>() {
      @Override
      @SuppressWarnings("NullAway") // Kafka hands a tombstone as null.
      public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : decode(bytes);
      }
    };
  }
}
