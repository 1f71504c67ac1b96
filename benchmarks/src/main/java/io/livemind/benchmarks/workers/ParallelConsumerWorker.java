package io.livemind.benchmarks.workers;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Confluent's Parallel Consumer in the order of keys: a thread a call, offsets with holes. */
record ParallelConsumerWorker() implements Design {
  private static final Duration CLOSE = Duration.ofSeconds(10);

  @Override
  public String title() {
    return "Confluent Parallel Consumer, key order";
  }

  @Override
  public AutoCloseable start(
      Map<String, Object> kafka, Topics topics, int places, TimedCalls model) {
    var outcomes = new Outcomes(kafka, topics);
    Topic<String, Task> topic = topics.answerTasks();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", topic.name() + "-parallel");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    var consumer =
        new KafkaConsumer<>(settings, topic.key().deserializer(), topic.value().deserializer());
    ParallelStreamProcessor<String, Task> processor =
        ParallelStreamProcessor.createEosStreamProcessor(
            ParallelConsumerOptions.<String, Task>builder()
                .ordering(ProcessingOrder.KEY)
                .maxConcurrency(places)
                .consumer(consumer)
                .build());
    processor.subscribe(List.of(topic.name()));
    processor.poll(
        context -> {
          try {
            model.call(context.key(), context.value().getKind());
            outcomes.write(context.key(), context.value());
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
    return () -> {
      processor.closeDontDrainFirst(CLOSE);
      outcomes.close();
    };
  }
}
