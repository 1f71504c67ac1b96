package io.livemind.topology;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of the inputs. What the thread has produced leaves before it polls again; and a task
 * whose store has been read begins at its committed offsets, also if it was revived.
 *
 * <p>Kafka Streams 4.3.1 revives a task by closing it without a commit and reading its store anew.
 * It does not seek back if a rebalance meets the task before it is begun again, and under
 * exactly-once it asks for that rebalance itself; and it keeps what an earlier poll named as the
 * next offsets, and commits these if no record of a partition has come since. In both cases records
 * that were read and not processed are skipped (ADR 1, {@code RevivedTaskTest}).
 */
final class InputConsumer extends KafkaConsumer<byte[], byte[]> {
  private final StartOffsets starts = new StartOffsets();
  private final Outputs outputs;

  InputConsumer(Map<String, Object> settings, Outputs outputs) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.outputs = outputs;
  }

  /** Streams asks this for a task whose store has been read, before its first record. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = super.committed(partitions);
    var assigned = new HashSet<>(partitions);
    assigned.retainAll(assignment());
    for (var partition : assigned) begin(partition, committed.get(partition));
    return committed;
  }

  private void begin(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      seekToBeginning(Set.of(partition));
      starts.begin(partition, new OffsetAndMetadata(0));
    } else {
      seek(partition, committed);
      starts.begin(partition, committed);
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> polled = outputs.between(() -> super.poll(timeout));
    return starts.isEmpty() ? polled : starts.namedIn(polled, assignment(), paused());
  }
}
