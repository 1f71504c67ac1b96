package io.livemind.benchmarks.floor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of one topic, on a thread of its own.
 *
 * <p>Threading: the owner starts, stops and joins it.
 */
final class HopReader {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Thread thread;
  private final Runnable wakeup;

  /** Takes a record. */
  @FunctionalInterface
  interface Visitor {
    void visit(ConsumerRecord<byte[], byte[]> record);
  }

  private HopReader(
      String topic,
      Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
      Runnable wakeup,
      Runnable close,
      Visitor visitor) {
    this.thread =
        Thread.ofPlatform()
            .name(topic)
            .unstarted(
                () -> {
                  try {
                    while (true) poll.apply(POLL).forEach(visitor::visit);
                  } catch (WakeupException closing) {
                    close.run();
                  }
                });
    this.wakeup = wakeup;
  }

  /** Reads all partitions, without a group. */
  static HopReader plain(Map<String, Object> kafka, String topic, int partitions, Visitor visitor) {
    var consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var all = IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return new HopReader(topic, consumer::poll, consumer::wakeup, consumer::close, visitor);
  }

  /** One of those that share a topic, in a group of its name; acknowledges with the next poll. */
  static HopReader shared(Map<String, Object> kafka, String topic, Visitor visitor) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
    settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "implicit");
    var consumer =
        new KafkaShareConsumer<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    return new HopReader(topic, consumer::poll, consumer::wakeup, consumer::close, visitor);
  }

  void start() {
    thread.start();
  }

  /** Reads no more; returns at once. */
  void stop() {
    wakeup.run();
  }

  void join(Duration longest) {
    try {
      thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
