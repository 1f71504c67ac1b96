package io.livemind.benchmarks.growth;

import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How often tasks were dispatched.
 *
 * @param tasks different ones
 * @param dispatched records, one an attempt
 */
record Attempts(long tasks, long dispatched) {
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  /** Of dispatched tasks, in any order. */
  static Attempts of(Iterable<Task> tasks) {
    Set<String> different = new HashSet<>();
    long dispatched = 0;
    for (Task task : tasks) {
      different.add(task.getTaskId());
      dispatched++;
    }
    return new Attempts(different.size(), dispatched);
  }

  /** Of all that a topic of tasks has had so far; nothing of it may have been deleted. */
  static Attempts in(Map<String, Object> kafka, Topic<String, Task> topic) {
    try (var consumer =
        new KafkaConsumer<>(kafka, topic.key().deserializer(), topic.value().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<Task> tasks = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(LONGEST_POLL).forEach(record -> tasks.add(record.value()));
      }
      return of(tasks);
    }
  }

  /** Of these and others that are none of these. */
  Attempts and(Attempts others) {
    return new Attempts(tasks + others.tasks, dispatched + others.dispatched);
  }

  /** As it stands in a table: attempts a task, and of how many tasks. */
  String text() {
    return tasks == 0 ? "no task" : "%.3f of %d".formatted(dispatched / (double) tasks, tasks);
  }
}
