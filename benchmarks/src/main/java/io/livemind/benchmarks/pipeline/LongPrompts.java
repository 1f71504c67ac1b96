package io.livemind.benchmarks.pipeline;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A few people whose prompts are long already, and who go on typing.
 *
 * <p>Threading: one thread types.
 */
public final class LongPrompts implements AutoCloseable {
  /** Of all long prompts of this JVM, so that no two sessions have the same id. */
  private static final AtomicLong SESSIONS = new AtomicLong();

  private static final int LONGEST_FRAGMENT = 100_000;
  private static final String SENTENCE = "The old harbour freezes over almost every long January. ";
  private static final String[] WORDS = SENTENCE.split("(?<= )");

  private final Producer<String, Fragment> producer;
  private final String topic;
  private final TurnClock clock;
  private final String[] ids;
  private final long[] sequences;
  private final long[] hashes;
  private final int[] lengths;
  private int next;
  private int word;

  /**
   * Opens the sessions and types their prompts up to a length.
   *
   * @param length of each prompt in UTF-16 units, about
   * @param mode conventional: nothing is thought about, where only what a fragment costs is wanted
   */
  public LongPrompts(
      Map<String, Object> kafka,
      Topic<String, Fragment> topic,
      TurnClock clock,
      int sessions,
      int length,
      Mode mode) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    settings.put("max.request.size", 4_194_304);
    this.producer =
        new KafkaProducer<>(settings, topic.key().serializer(), topic.value().serializer());
    this.topic = topic.name();
    this.clock = clock;
    this.ids = new String[sessions];
    this.sequences = new long[sessions];
    this.hashes = new long[sessions];
    this.lengths = new int[sessions];
    var options = SessionOptions.newBuilder().setMode(mode).build();
    for (int i = 0; i < sessions; i++) {
      ids[i] = "long-prompt-%012d".formatted(SESSIONS.getAndIncrement());
      hashes[i] = TextHash.EMPTY;
      send(i, new Open(options, ""));
      append(i, ids[i] + " ");
      while (lengths[i] < length) {
        int missing = Math.min(length - lengths[i], LONGEST_FRAGMENT);
        append(i, SENTENCE.repeat(Math.max(1, missing / SENTENCE.length())));
      }
    }
    producer.flush();
  }

  /** One more word of whose turn it is. */
  public void type(long intendedNanos) {
    append(next, WORDS[word]);
    next = (next + 1) % ids.length;
    if (next == 0) word = (word + 1) % WORDS.length;
  }

  /** All of them submit, one after the other. */
  public void submitAll() {
    for (int i = 0; i < ids.length; i++) submit(i, System.nanoTime());
    producer.flush();
  }

  /** One of them, from 0, submits. */
  public void submit(int session, long intendedNanos) {
    clock.submitted(ids[session], intendedNanos);
    send(session, new Submit(lengths[session], hashes[session]));
  }

  /** One of them, from 0, types this. */
  public void append(int session, String text) {
    lengths[session] += text.length();
    hashes[session] = TextHash.append(hashes[session], text);
    send(session, new Append(text));
  }

  private void send(int session, Object content) {
    var fragment =
        new Fragment(1L, sequences[session]++, 0, session % 2, System.currentTimeMillis(), content);
    var unused = producer.send(new ProducerRecord<>(topic, ids[session], fragment));
  }

  @Override
  public void close() {
    producer.close();
  }
}
