package io.livemind.workers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A share consumer that hands out the given records, one a poll, and keeps how they were
 * acknowledged. Kafka's own mock refuses a second poll.
 */
final class HandedOut extends MockShareConsumer<byte[], byte[]> {
  private final BlockingQueue<ConsumerRecord<byte[], byte[]>> records = new LinkedBlockingQueue<>();
  private final List<AcknowledgeType> acknowledged = new CopyOnWriteArrayList<>();
  private final AtomicInteger polled = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger closings = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private volatile boolean woken;
  private volatile boolean fails;

  @SafeVarargs
  HandedOut(ConsumerRecord<byte[], byte[]>... records) {
    this.records.addAll(List.of(records));
  }

  void failsNextPoll() {
    fails = true;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // A test wakes up a poll that waits.
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    looks.incrementAndGet();
    if (fails) {
      fails = false;
      throw new KafkaException("test");
    }
    if (woken) throw new WakeupException();
    try {
      var next = records.poll(Math.min(20, timeout.toMillis()), TimeUnit.MILLISECONDS);
      if (next == null) return ConsumerRecords.empty();
      polled.incrementAndGet();
      return new ConsumerRecords<>(
          Map.of(new TopicPartition(next.topic(), 0), List.of(next)), Map.of());
    } catch (InterruptedException stop) {
      throw new WakeupException();
    }
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    acknowledged.add(type);
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Map<TopicIdPartition, java.util.Optional<KafkaException>> commitSync(Duration timeout) {
    commits.incrementAndGet();
    return Map.of();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void wakeup() {
    woken = true;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close(Duration timeout) {
    closings.incrementAndGet();
  }

  void hands(ConsumerRecord<byte[], byte[]> record) {
    records.add(record);
  }

  /** Polls that handed out nothing are counted, too. */
  int looks() {
    return looks.get();
  }

  int closings() {
    return closings.get();
  }

  List<AcknowledgeType> acknowledged() {
    return acknowledged;
  }

  int polled() {
    return polled.get();
  }

  int commits() {
    return commits.get();
  }
}
