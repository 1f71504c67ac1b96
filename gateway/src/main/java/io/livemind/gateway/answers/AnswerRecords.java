package io.livemind.gateway.answers;

import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.AnswerEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Records of the topic {@code answers}, decoded one by one: a bad one stops no other. */
final class AnswerRecords {
  private static final int LONGEST_REQUEST_MILLIS = 10_000;
  private static final int RECORDS_PER_POLL = 2_000;

  private AnswerRecords() {}

  /** A consumer that belongs to no group. */
  static KafkaConsumer<String, byte[]> consumer(Map<String, Object> kafka, String clientId) {
    var config = new HashMap<String, Object>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Out of range means that retention was faster than we: go on with what is left.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Empty for what is no answer event; it is told to {@code unreadable}. */
  static Optional<AnswerRecord> decode(
      Topic<String, AnswerEvent> topic,
      ConsumerRecord<String, byte[]> read,
      UnreadableRecords unreadable) {
    try {
      AnswerEvent event =
          read.value() == null
              ? null
              : topic.value().deserializer().deserialize(topic.name(), read.value());
      if (event != null && read.key() != null)
        return Optional.of(new AnswerRecord(read.key(), read.partition(), read.offset(), event));
    } catch (SerializationException e) {
      // As one that holds nothing.
    }
    unreadable.passedOver(read);
    return Optional.empty();
  }
}
