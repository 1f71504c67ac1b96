package io.livemind.benchmarks.pipeline;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Many people who type by turns, a word a fragment: each opens a session, types sentences of nine
 * words, submits, and begins a new session. They stand at different places of their turns from the
 * start, so that ends of sentences and submits come evenly.
 *
 * <p>Threading: one thread types; any thread asks for counts.
 */
public final class Typists implements AutoCloseable {
  private static final String[] WORDS = {
    "The ", "old ", "harbour ", "freezes ", "over ", "almost ", "every ", "long ", "January. "
  };

  /** Of all typists of this JVM, so that no two sessions have the same id. */
  private static final AtomicLong SESSIONS = new AtomicLong();

  private final Producer<String, Fragment> producer;
  private final String topic;
  private final TurnClock clock;
  private final int fragmentsPerTurn;
  private final int answersPartitions;
  private final SessionOptions options;
  private final Typist[] typists;
  private final LongAdder refused = new LongAdder();
  private long submits;
  private int next;

  private static final class Typist {
    private String session = "";
    private int sequence;
    private int length;
    private long hash = TextHash.EMPTY;
    private int skipped;
  }

  /**
   * Nobody has typed yet.
   *
   * @param count typists
   * @param fragmentsPerTurn from the opening to the submit, both counted; at least 3
   */
  public Typists(
      Map<String, Object> kafka,
      Topic<String, Fragment> topic,
      TurnClock clock,
      int count,
      int fragmentsPerTurn,
      int answersPartitions,
      SessionOptions options) {
    Map<String, Object> settings = new HashMap<>(kafka);
    // As every product client: Kafka's own default waits 5 ms for company.
    settings.put("linger.ms", 0);
    this.producer =
        new KafkaProducer<>(settings, topic.key().serializer(), topic.value().serializer());
    this.topic = topic.name();
    this.clock = clock;
    this.fragmentsPerTurn = fragmentsPerTurn;
    this.answersPartitions = answersPartitions;
    this.options = options;
    this.typists = new Typist[count];
    for (int i = 0; i < count; i++) {
      typists[i] = new Typist();
      typists[i].skipped = i % (fragmentsPerTurn - 2);
    }
  }

  /** Sends the next fragment of whose turn it is. */
  public void type(long intendedNanos) {
    Typist typist = typists[next];
    int partition = next % answersPartitions;
    next = (next + 1) % typists.length;
    if (typist.sequence == 0) {
      typist.session = "typist-%016d".formatted(SESSIONS.getAndIncrement());
      typist.length = 0;
      typist.hash = TextHash.EMPTY;
      send(typist, partition, new Open(options, ""));
    } else if (typist.sequence + typist.skipped < fragmentsPerTurn - 1) {
      String word =
          typist.sequence == 1
              ? typist.session + " "
              : WORDS[(typist.sequence + typist.skipped - 2) % WORDS.length];
      typist.length += word.length();
      typist.hash = TextHash.append(typist.hash, word);
      send(typist, partition, new Append(word));
    } else {
      submits++;
      clock.submitted(typist.session, intendedNanos);
      send(typist, partition, new Submit(typist.length, typist.hash));
      typist.sequence = 0;
      typist.skipped = 0;
    }
  }

  /** The session whose prompt begins with its id, as every typist's does. */
  static String sessionOf(String promptStart) {
    int end = promptStart.indexOf(' ');
    return end < 0 ? promptStart : promptStart.substring(0, end);
  }

  /** Turns that were submitted; asked by the thread that types. */
  public long submits() {
    return submits;
  }

  /** Fragments that the broker did not take. */
  public long refused() {
    return refused.sum();
  }

  private void send(Typist typist, int partition, Object content) {
    var fragment =
        new Fragment(
            1L, (long) typist.sequence++, 0, partition, System.currentTimeMillis(), content);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, typist.session, fragment),
            (_, failure) -> {
              if (failure != null) refused.increment();
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
