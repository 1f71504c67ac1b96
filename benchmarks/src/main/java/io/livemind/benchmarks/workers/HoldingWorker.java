package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A share group that acknowledges a record when its call has ended. A consumer cannot fetch while
 * it holds a record, so it takes a batch, makes its calls side by side, and takes the next.
 */
record HoldingWorker() implements Design {
  private static final int CONSUMERS = 40;

  @Override
  public String title() {
    return "share group, record held for the call";
  }

  @Override
  public AutoCloseable start(
      Map<String, Object> kafka, Topics topics, int places, TimedCalls model) {
    String group = topics.answerTasks().name() + "-holding";
    fromTheBeginning(kafka, group);
    var outcomes = new Outcomes(kafka, topics);
    var closing = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONSUMERS; i++) {
      threads.add(
          Thread.ofPlatform()
              .name("holding-worker-" + i)
              .start(() -> run(kafka, topics, group, places, model, outcomes, closing)));
    }
    return () -> {
      closing.set(true); // An interrupt would cut the client's own close off.
      for (Thread thread : threads) thread.join();
      outcomes.close();
    };
  }

  private static void fromTheBeginning(Map<String, Object> kafka, String group) {
    var earliest =
        new AlterConfigOp(
            new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(kafka)) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(earliest)))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  private static void run(
      Map<String, Object> kafka,
      Topics topics,
      String group,
      int places,
      TimedCalls model,
      Outcomes outcomes,
      AtomicBoolean closing) {
    Topic<String, Task> topic = topics.answerTasks();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", group);
    settings.put("share.acknowledgement.mode", "explicit");
    settings.put("share.acquire.mode", "record_limit");
    settings.put("max.poll.records", Math.max(1, places / CONSUMERS));
    try (var consumer =
        new KafkaShareConsumer<>(
            settings, topic.key().deserializer(), topic.value().deserializer())) {
      consumer.subscribe(List.of(topic.name()));
      while (!closing.get()) {
        ConsumerRecords<String, Task> records = consumer.poll(Duration.ofMillis(500));
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (ConsumerRecord<String, Task> record : records) {
          calls.add(
              CompletableFuture.runAsync(
                  () -> call(record, model, outcomes), Thread::startVirtualThread));
        }
        calls.forEach(CompletableFuture::join);
        records.forEach(consumer::acknowledge);
      }
    }
  }

  private static void call(
      ConsumerRecord<String, Task> record, TimedCalls model, Outcomes outcomes) {
    try {
      model.call(record.key(), record.value().getKind());
      outcomes.write(record.key(), record.value());
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }
}
