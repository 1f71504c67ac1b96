package io.livemind.gateway.spending;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   */
  public KafkaSpending(Map<String, Object> kafka, Topics topics) {
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
      for (var one : consumer.poll(longest)) {
        byte[] value = one.value();
        if (value != null) decode(value, read);
      }
      return read;
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private void decode(byte[] value, List<Usage> into) {
    try {
      into.add(topic.value().deserializer().deserialize(topic.name(), value));
    } catch (SerializationException e) {
      // The topology writes these, and a dead letter helps nobody here: one session counts less.
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
  }
}
