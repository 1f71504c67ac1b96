package io.livemind.benchmarks.pipeline;

import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** The clients of all sessions at once: reads {@code answers} and marks what a client would see. */
public final class AnswerReader implements AutoCloseable {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<String, AnswerEvent> consumer;
  private final TurnClock clock;
  private final AtomicLong rejected = new AtomicLong();
  private final Thread thread;

  private AnswerReader(KafkaConsumer<String, AnswerEvent> consumer, TurnClock clock) {
    this.consumer = consumer;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("answer-reader").unstarted(this::read);
  }

  /** Starts at the end of the topic. */
  public static AnswerReader start(
      Map<String, Object> kafka, Topic<String, AnswerEvent> topic, TurnClock clock) {
    var consumer =
        new KafkaConsumer<>(kafka, topic.key().deserializer(), topic.value().deserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    var reader = new AnswerReader(consumer, clock);
    reader.thread.start();
    return reader;
  }

  /** Fragments that were not taken. */
  public long rejected() {
    return rejected.get();
  }

  private void read() {
    try (consumer) {
      while (true) {
        consumer.poll(LONGEST_POLL).forEach(record -> mark(record.key(), record.value()));
      }
    } catch (WakeupException closing) {
      // The owner closes.
    }
  }

  private void mark(String session, AnswerEvent event) {
    switch (event.getEvent()) {
      case Delta delta when delta.getIndex() == 0 -> clock.passed(session, Place.FIRST_DELTA);
      case Completed _ -> clock.passed(session, Place.COMPLETED);
      case Failed _, Cancelled _ -> clock.failed(session);
      case Rejected _ -> rejected.incrementAndGet();
      default -> {}
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
