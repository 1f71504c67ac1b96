package io.livemind.benchmarks.capacity;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records each topic has taken since it was made, and the bytes of its log. Holds only
 * while nothing was deleted or compacted, for ten minutes.
 */
record LogContent(Map<String, Taken> topics) {
  private static final Taken NOTHING = new Taken(0, 0);

  /** By a topic. */
  record Taken(long records, long bytes) {
    private Taken minus(Taken other) {
      return new Taken(records - other.records, bytes - other.bytes);
    }

    private Taken plus(Taken other) {
      return new Taken(records + other.records, bytes + other.bytes);
    }
  }

  static LogContent of(Map<String, Object> kafka) throws InterruptedException {
    try (Admin admin = Admin.create(kafka)) {
      Map<TopicPartition, Long> bytes = bytes(admin);
      Map<TopicPartition, OffsetSpec> asked =
          bytes.keySet().stream().collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(asked).all().get();
      Map<String, Taken> topics = new HashMap<>();
      bytes.forEach(
          (partition, size) -> {
            ListOffsetsResultInfo end = ends.get(partition);
            if (end == null) return;
            topics.merge(partition.topic(), new Taken(end.offset(), size), Taken::plus);
          });
      return new LogContent(topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell what it holds", e);
    }
  }

  private static Map<TopicPartition, Long> bytes(Admin admin)
      throws InterruptedException, ExecutionException {
    var brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
    Map<TopicPartition, Long> bytes = new HashMap<>();
    for (Map<String, LogDirDescription> of :
        admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (LogDirDescription folder : of.values()) {
        for (Map.Entry<TopicPartition, ReplicaInfo> replica : folder.replicaInfos().entrySet()) {
          bytes.merge(replica.getKey(), replica.getValue().size(), Long::sum);
        }
      }
    }
    return bytes;
  }

  LogContent since(LogContent before) {
    Map<String, Taken> more = new HashMap<>();
    topics.forEach(
        (topic, taken) -> more.put(topic, taken.minus(before.topics.getOrDefault(topic, NOTHING))));
    return new LogContent(more);
  }

  /** Of all topics. */
  long bytes() {
    return topics.values().stream().mapToLong(Taken::bytes).sum();
  }
}
