package io.livemind.integration.chaos.client;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.Recorder;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Started;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The clients' way to the log and from it: one producer, and one reader that misses nothing.
 *
 * <p>Threading: any thread sends; one thread reads and calls the sessions.
 */
public final class Wire implements AutoCloseable {
  /** Of the log, when its reader is told to stop. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  private final Recorder recorder;
  private final Topics topics;
  private final KafkaProducer<String, Fragment> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, Consumer<AnswerEvent>> readers = new ConcurrentHashMap<>();
  private final Set<String> loggedOnly = ConcurrentHashMap.newKeySet();
  private final Thread reader;

  /** Reads from the present end of the log. */
  public Wire(Map<String, Object> kafka, Topics topics, Recorder recorder) {
    this.recorder = recorder;
    this.topics = topics;
    var settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    // Longer than any broker is away: people keep what they typed until it is taken.
    settings.put("delivery.timeout.ms", 120_000);
    settings.put("request.timeout.ms", 5_000);
    this.producer =
        new KafkaProducer<>(
            settings,
            topics.fragments().key().serializer(),
            topics.fragments().value().serializer());
    this.consumer =
        new KafkaConsumer<>(
            kafka, topics.answers().key().deserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        Stream.of(topics.answers(), topics.answerTasks())
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    this.reader = Thread.ofPlatform().name("chaos-reader").start(this::read);
  }

  /** A client that reads the log itself: what is logged is seen. */
  void register(String id, Consumer<AnswerEvent> reader) {
    readers.put(id, reader);
  }

  /** A client that reads at a gateway. */
  void registerLogged(String id) {
    loggedOnly.add(id);
  }

  Recorder recorder() {
    return recorder;
  }

  void send(String session, Fragment fragment) {
    var unused =
        producer.send(
            new ProducerRecord<>(topics.fragments().name(), session, fragment),
            (_, failure) ->
                recorder.add(
                    failure == null
                        ? new Event.Ok(
                            recorder.now(), session, fragment.getTurn(), fragment.getSequence())
                        : new Event.Unknown(
                            recorder.now(),
                            session,
                            fragment.getTurn(),
                            fragment.getSequence(),
                            failure.getClass().getSimpleName())));
  }

  private void read() {
    try (consumer) {
      try {
        while (true) readNext();
      } catch (WakeupException closing) {
        readToThePresentEnd();
      }
    }
  }

  private void readNext() {
    for (var record : consumer.poll(Duration.ofSeconds(1))) {
      // Others write here, too: bad records are a case of their own.
      if (!readers.containsKey(record.key()) && !loggedOnly.contains(record.key())) continue;
      if (record.topic().equals(topics.answers().name())) answer(record);
      else task(record);
    }
  }

  /** A client may have seen the end of its answer at a gateway before it was read here. */
  private void readToThePresentEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long begunNanos = System.nanoTime();
    while (System.nanoTime() - begunNanos < LONGEST_REST.toNanos()
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) readNext();
  }

  private void answer(ConsumerRecord<String, byte[]> record) {
    AnswerEvent event =
        topics.answers().value().deserializer().deserialize(record.topic(), record.value());
    Consumer<AnswerEvent> session = readers.get(record.key());
    logged(record.key(), session != null, record.offset(), event);
    if (session != null) session.accept(event);
  }

  private void task(ConsumerRecord<String, byte[]> record) {
    Task task =
        topics.answerTasks().value().deserializer().deserialize(record.topic(), record.value());
    if (!task.getDraft())
      recorder.add(new Event.Queued(recorder.now(), record.key(), task.getTurn()));
  }

  private void logged(String id, boolean seenToo, long position, AnswerEvent event) {
    Seen seen = Seen.of(event.getEvent());
    long now = recorder.now();
    recorder.add(
        new Event.Logged(
            now,
            id,
            event.getTurn(),
            position,
            seen.kind(),
            seen.attempt(),
            seen.execution(),
            seen.text()));
    if (!seenToo) return;
    recorder.add(
        new Event.Seen(
            now,
            id,
            event.getTurn(),
            position,
            seen.kind(),
            seen.attempt(),
            seen.execution(),
            seen.text()));
  }

  /** What of an event goes into a history. */
  private record Seen(String kind, int attempt, String execution, String text) {
    static Seen of(Object event) {
      return switch (event) {
        case Started it -> new Seen("started", it.getAttempt(), it.getExecution(), "");
        case Delta it -> new Seen("delta", it.getAttempt(), it.getExecution(), it.getText());
        case Completed it ->
            new Seen("completed", it.getAttempt(), it.getExecution(), it.getText());
        case Failed it -> new Seen("failed", 0, "", it.getCode());
        case Cancelled it -> new Seen("cancelled", 0, "", it.getText());
        case Rejected it -> new Seen("rejected", 0, "", it.getCode());
        case Inferred it -> new Seen("inferred", 0, "", it.getText());
        default -> new Seen(snakeCase(event.getClass().getSimpleName()), 0, "", "");
      };
    }

    private static String snakeCase(String name) {
      return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    producer.close(Duration.ofSeconds(5));
    try {
      reader.join(LONGEST_REST.multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
