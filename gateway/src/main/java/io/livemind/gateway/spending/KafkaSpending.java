package io.livemind.gateway.spending;

import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic {@code usage} by assignment, from its beginning. */
public final class KafkaSpending implements SpendingSource {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Topic<String, Usage> topic;
  private final UnreadableRecords unreadable;
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param unreadable sees each record that is none of what was spent
   */
  public KafkaSpending(Map<String, Object> kafka, Topics topics, UnreadableRecords unreadable) {
    this.unreadable = unreadable;
    topic = topics.usage();
    var settings = new HashMap<String, Object>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-usage");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  @Override
  public List<Usage> poll(Duration longest) {
    try {
      var read = new ArrayList<Usage>();
      for (var one : consumer.poll(longest)) decode(topic, one, unreadable).ifPresent(read::add);
      return read;
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /**
   * Empty for what cannot be read, which is told to {@code unreadable}: one session counts less.
   * And for a tombstone, which tells nothing.
   */
  static Optional<Usage> decode(
      Topic<String, Usage> topic,
      ConsumerRecord<String, byte[]> read,
      UnreadableRecords unreadable) {
    if (read.value() == null) return Optional.empty();
    try {
      return Optional.of(topic.value().deserializer().deserialize(topic.name(), read.value()));
    } catch (SerializationException e) {
      unreadable.passedOver(read);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
  }
}
