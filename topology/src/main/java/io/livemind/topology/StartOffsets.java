package io.livemind.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where partitions begin, until a poll has named it as their next offset. */
final class StartOffsets {
  private final Map<TopicPartition, OffsetAndMetadata> starts = new HashMap<>();

  /** The partition is read from this offset on. */
  void begin(TopicPartition partition, OffsetAndMetadata start) {
    starts.put(partition, start);
  }

  /**
   * The same records, with the start as next offset of each partition that has begun and has none
   * yet. One that is paused waits: it is paused until its task runs, and Streams fails if it is
   * told of a partition without a task.
   */
  ConsumerRecords<byte[], byte[]> namedIn(
      ConsumerRecords<byte[], byte[]> polled,
      Set<TopicPartition> assigned,
      Set<TopicPartition> paused) {
    starts.keySet().retainAll(assigned);
    var next = new HashMap<>(starts);
    next.keySet().removeAll(paused);
    starts.keySet().removeAll(next.keySet());
    next.putAll(polled.nextOffsets());
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    for (var partition : polled.partitions()) records.put(partition, polled.records(partition));
    return new ConsumerRecords<>(records, next);
  }

  boolean isEmpty() {
    return starts.isEmpty();
  }
}
