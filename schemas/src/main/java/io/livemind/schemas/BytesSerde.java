package io.livemind.schemas;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What Kafka wants of a serde, tombstones included, around encoding and decoding a value. */
abstract class BytesSerde<T> implements Serde<T> {
  abstract byte[] encode(T value);

  abstract T decode(byte[] bytes);

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
