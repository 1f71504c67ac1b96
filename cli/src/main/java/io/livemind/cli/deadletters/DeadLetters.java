package io.livemind.cli.deadletters;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.DeadLetterHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters, read as it is now.
 *
 * <p>Threading: one thread. Waiting: for the brokers, as long as Kafka's clients do.
 */
public final class DeadLetters {
  /** Of a record that was sent again: the number of the dead letter that it came from. */
  static final String RETRIED = "livemind-retried";

  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> kafka;
  private final Topic<byte[], DeadLetter> topic;

  public DeadLetters(Map<String, Object> kafka, Topics topics) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.deadLetters();
  }

  /**
   * What was read.
   *
   * @param letters the oldest first
   * @param more whether there are others behind them, beyond the limit
   * @param unreadable records among them that hold no dead letter
   */
  public record Read(List<StoredDeadLetter> letters, boolean more, int unreadable) {}

  /**
   * All that are there, or those from a number on.
   *
   * @param from the first number; empty: the oldest
   * @param wanted which ones
   * @param limit at most so many of these
   */
  public Read read(OptionalLong from, Predicate<DeadLetter> wanted, int limit) {
    int unreadable = 0;
    boolean more = false;
    var partition = new TopicPartition(topic.name(), 0);
    List<StoredDeadLetter> letters = new ArrayList<>();
    Deserializer<byte[]> bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka, bytes, bytes)) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      if (from.isPresent()) consumer.seek(partition, from.getAsLong());
      else consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition) < end && !more)
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Optional<DeadLetter> letter = decoded(record);
          more = letters.size() == limit && letter.filter(wanted).isPresent();
          if (more) break;
          if (letter.isEmpty()) unreadable++;
          letter
              .filter(wanted)
              .ifPresent(one -> letters.add(new StoredDeadLetter(record.offset(), one)));
        }
    }
    return new Read(List.copyOf(letters), more, unreadable);
  }

  private Optional<DeadLetter> decoded(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(
          topic.value().deserializer().deserialize(topic.name(), record.value()));
    } catch (SerializationException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * Sends the original records again, to the partitions that they came from; returns when all are
   * stored.
   */
  public void retry(List<StoredDeadLetter> letters)
      throws InterruptedException, ExecutionException {
    var bytes = new ByteArraySerializer();
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka, bytes, bytes)) {
      for (StoredDeadLetter stored : letters) producer.send(original(stored)).get();
    }
  }

  private static ProducerRecord<byte[], byte[]> original(StoredDeadLetter stored) {
    DeadLetter letter = stored.letter();
    var record =
        new ProducerRecord<>(
            letter.getTopic(),
            Integer.valueOf(letter.getPartition()),
            bytes(letter.getKey().orElse(null)),
            bytes(letter.getValue().orElse(null)));
    for (DeadLetterHeader header : letter.getHeaders())
      record.headers().add(header.getName(), bytes(header.getValue().orElse(null)));
    record
        .headers()
        .add(RETRIED, Long.toString(stored.number()).getBytes(StandardCharsets.US_ASCII));
    return record;
  }

  static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) return null;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
