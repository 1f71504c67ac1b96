package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * What the session machine does for workers: reads the results, and grants at once what asks for a
 * grant.
 *
 * <p>Threading: one thread of its own, which calls the listener; any thread may {@link #tell}.
 */
final class ResultReader implements AutoCloseable {
  private final Topics topics;
  private final KafkaConsumer<String, Result> results;
  private final Producer<String, Control> control;
  private final ClaimListener listener;
  private final Thread thread;

  /** Hears of each claim. */
  @FunctionalInterface
  interface ClaimListener {
    void claimed(ResultReader reader, String session, Claim claim);
  }

  private ResultReader(Map<String, Object> kafka, Topics topics, ClaimListener listener) {
    this.topics = topics;
    this.listener = listener;
    Topic<String, Result> topic = topics.inferenceResults();
    results =
        new KafkaConsumer<>(
            new HashMap<>(kafka), topic.key().deserializer(), topic.value().deserializer());
    List<TopicPartition> all =
        results.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    results.assign(all);
    results.seekToEnd(all);
    all.forEach(results::position);
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    control =
        new KafkaProducer<>(
            settings,
            topics.workerControl().key().serializer(),
            topics.workerControl().value().serializer());
    thread = Thread.ofPlatform().name("result-reader").unstarted(this::read);
  }

  static ResultReader start(Map<String, Object> kafka, Topics topics) {
    return start(kafka, topics, (_, _, _) -> {});
  }

  static ResultReader start(Map<String, Object> kafka, Topics topics, ClaimListener listener) {
    var reader = new ResultReader(kafka, topics, listener);
    reader.thread.start();
    return reader;
  }

  private void read() {
    try (results) {
      while (true) results.poll(Duration.ofSeconds(1)).forEach(this::hear);
    } catch (WakeupException closing) {
      // The owner closes.
    }
  }

  private void hear(ConsumerRecord<String, Result> record) {
    if (!(record.value().getEvent() instanceof Claim claim)) return;
    if (claim.getAsksGrant()) tell(record.key(), claim, ControlCommand.GRANT);
    listener.claimed(this, record.key(), claim);
  }

  /** Tells the worker that made the claim. */
  void tell(String session, Claim claim, ControlCommand command) {
    var told = new Control(claim.getTaskId(), claim.getAttempt(), claim.getExecution(), command);
    var unused =
        control.send(
            new ProducerRecord<>(
                topics.workerControl().name(), claim.getControlPartition(), session, told));
  }

  @Override
  public void close() throws InterruptedException {
    results.wakeup();
    thread.join();
    control.close();
  }
}
