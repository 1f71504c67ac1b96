package io.livemind.integration;

import io.livemind.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Everything that stands on a topic at this moment, each partition in its order. */
final class WholeTopic {
  private WholeTopic() {}

  static <K, V> List<ConsumerRecord<K, V>> read(Map<String, Object> kafka, Topic<K, V> topic) {
    List<ConsumerRecord<K, V>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            new HashMap<>(kafka), topic.key().deserializer(), topic.value().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(one -> new TopicPartition(topic.name(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }
}
