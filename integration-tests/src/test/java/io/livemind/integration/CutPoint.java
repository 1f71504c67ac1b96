package io.livemind.integration;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Halts the process before the nth record of a topic is sent, or when its broker has confirmed it:
 * {@code changelog send 3}, {@code answer-tasks ack 1}. A producer interceptor.
 */
public final class CutPoint implements ProducerInterceptor<Object, Object> {
  static final String PROPERTY = "livemind.test.cut";
  static final int EXIT = 86;

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger confirmed = new AtomicInteger();
  private final String topic;
  private final boolean beforeSend;
  private final int number;

  /** Reads the system property. */
  public CutPoint() {
    String[] words = System.getProperty(PROPERTY, "").split(" ");
    topic = words[0];
    beforeSend = words[1].equals("send");
    number = Integer.parseInt(words[2]);
  }

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    if (beforeSend && record.topic().endsWith(topic)) count(sent);
    return record;
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
    if (!beforeSend && metadata != null && metadata.topic().endsWith(topic)) count(confirmed);
  }

  private void count(AtomicInteger records) {
    if (records.incrementAndGet() == number) Runtime.getRuntime().halt(EXIT);
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
