package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Dispatches tasks as the topology does: each of a session of its own, over the partitions by
 * turns. A session's name holds the moment at which its task was due.
 *
 * <p>Threading: one thread feeds.
 */
final class TaskFeed implements AutoCloseable {
  static final String MODEL = "large";

  /** About a prompt of three sentences with its system message. */
  private static final String PROMPT = "The harbour freezes over almost every January. ".repeat(12);

  private static final List<Message> MESSAGES = List.of(new Message(Role.USER, PROMPT));
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Producer<String, Task> producer;
  private final Topics topics;
  private final int partitions;
  private final Duration lease;
  private int next;

  /**
   * A feed of these topics.
   *
   * @param lease after which a task that nobody took is skipped
   */
  TaskFeed(Map<String, Object> kafka, Topics topics, Duration lease) {
    this.topics = topics;
    this.lease = lease;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    this.producer =
        new KafkaProducer<>(
            settings,
            topics.answerTasks().key().serializer(),
            topics.answerTasks().value().serializer());
    this.partitions = producer.partitionsFor(topics.answerTasks().name()).size();
  }

  /** Dispatches a task that was due at this {@link System#nanoTime}. */
  void dispatch(TaskKind kind, long dueNanos) {
    long number = NUMBERS.getAndIncrement();
    String session = dueNanos + "-" + number;
    var task =
        new Task(
            session,
            kind,
            0,
            0,
            0,
            1,
            1L,
            MODEL,
            MESSAGES,
            null,
            (int) (number % WorkersBenchmark.PARTITIONS),
            System.currentTimeMillis(),
            lease.toMillis(),
            false,
            "");
    Topic<String, Task> topic =
        switch (kind) {
          case INFERENCE -> topics.inferenceTasks();
          case ANSWER -> topics.answerTasks();
        };
    int partition = next++ % partitions;
    var unused = producer.send(new ProducerRecord<>(topic.name(), partition, session, task));
  }

  /** Returns when the broker has all that were dispatched. */
  void flush() {
    producer.flush();
  }

  static long dueNanos(String session) {
    return Long.parseLong(session.substring(0, session.indexOf('-')));
  }

  @Override
  public void close() {
    producer.close();
  }
}
