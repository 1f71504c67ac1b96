package io.livemind.benchmarks.fanout;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.gateway.handle.Handle;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Workers that say something in many sessions at once, in the manner of real ones: what the models
 * have said since is written on one tick for all calls of a worker, and the producer is set as
 * theirs.
 *
 * <p>Threading: one thread.
 */
final class Speakers implements AutoCloseable {
  /** The workers' delta interval in the first second of an answer, the most deltas they write. */
  static final Duration TICK = Duration.ofMillis(25);

  private final Topic<String, AnswerEvent> topic;
  private final List<Speaker> speakers;
  private final double perTick;
  private long ticks;
  private double owed;

  /** One worker, and the answers that it writes. */
  private static final class Speaker {
    private final KafkaProducer<String, AnswerEvent> producer;
    private final List<Handle> sessions = new ArrayList<>();
    private int said;

    private Speaker(KafkaProducer<String, AnswerEvent> producer) {
      this.producer = producer;
    }
  }

  /**
   * @param perSecond deltas of each session
   */
  Speakers(
      Map<String, Object> kafka,
      Topic<String, AnswerEvent> topic,
      List<Handle> sessions,
      int workers,
      int perSecond) {
    this.topic = topic;
    speakers =
        IntStream.range(0, workers).mapToObj(_ -> new Speaker(producer(kafka, topic))).toList();
    for (int i = 0; i < sessions.size(); i++)
      speakers.get(i % workers).sessions.add(sessions.get(i));
    perTick = (double) sessions.size() * perSecond * TICK.toNanos() / 1e9 / workers;
  }

  private static KafkaProducer<String, AnswerEvent> producer(
      Map<String, Object> kafka, Topic<String, AnswerEvent> topic) {
    var settings = new HashMap<String, Object>(kafka);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    return new KafkaProducer<>(settings, topic.key().serializer(), topic.value().serializer());
  }

  /** Speaks for so long; how many deltas that were. */
  long speak(Duration duration) {
    long[] count = new long[1];
    double ticksPerSecond = speakers.size() * 1e9 / TICK.toNanos();
    OpenLoop.run(ticksPerSecond, duration, due -> count[0] += tick(due));
    for (Speaker speaker : speakers) speaker.producer.flush();
    return count[0];
  }

  private int tick(long due) {
    Speaker speaker = speakers.get((int) (ticks++ % speakers.size()));
    owed += perTick;
    int count = (int) owed;
    owed -= count;
    for (int i = 0; i < count; i++) say(speaker, due);
    return count;
  }

  private void say(Speaker speaker, long due) {
    int number = speaker.said++;
    Handle session = speaker.sessions.get(number % speaker.sessions.size());
    var delta = new Delta(1, "execution", number / speaker.sessions.size(), Crowd.stamped(due));
    var unused =
        speaker.producer.send(
            new ProducerRecord<>(
                topic.name(),
                session.answersPartition(),
                session.session(),
                new AnswerEvent(0, System.currentTimeMillis(), delta)));
  }

  @Override
  public void close() {
    for (Speaker speaker : speakers) speaker.producer.close();
  }
}
