package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;

/** A consumer group as most people write one: a consumer a partition, one call after the other. */
record PartitionWorker() implements Design {
  @Override
  public String title() {
    return "consumer group, one call a partition";
  }

  @Override
  public AutoCloseable start(
      Map<String, Object> kafka, Topics topics, int places, TimedCalls model) {
    var outcomes = new Outcomes(kafka, topics);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WorkersBenchmark.PARTITIONS; i++) {
      threads.add(
          Thread.ofPlatform()
              .name("partition-worker-" + i)
              .start(() -> run(kafka, topics, model, outcomes)));
    }
    return () -> {
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) thread.join();
      outcomes.close();
    };
  }

  private static void run(
      Map<String, Object> kafka, Topics topics, TimedCalls model, Outcomes outcomes) {
    Topic<String, Task> topic = topics.answerTasks();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", topic.name() + "-partition");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("max.poll.records", 1);
    try (var consumer =
        new KafkaConsumer<>(settings, topic.key().deserializer(), topic.value().deserializer())) {
      consumer.subscribe(List.of(topic.name()));
      callOneByOne(consumer, model, outcomes);
      // A consumer that an interrupted thread closes complains.
      var unused = Thread.interrupted();
    }
  }

  private static void callOneByOne(
      KafkaConsumer<String, Task> consumer, TimedCalls model, Outcomes outcomes) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<String, Task> record : consumer.poll(Duration.ofMillis(100))) {
          model.call(record.key(), record.value().getKind());
          outcomes.write(record.key(), record.value());
          consumer.commitAsync();
        }
      }
    } catch (InterruptedException | InterruptException closing) {
      // The owner closes.
    }
  }
}
