package io.livemind.benchmarks.floor;

import io.livemind.workers.ShareGroups;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * As many hops as the chain has, of producers and consumers that only pass bytes on. Every record
 * takes the first hop; one in so many, as a submit among fragments, takes them all.
 *
 * <p>Threading: one thread sends; one reads a plain hop, two a shared one.
 */
final class RawHops implements AutoCloseable {
  /**
   * Two at a time, as a worker's: while one's acknowledgement is stored, the other's fetch waits.
   */
  private static final int SHARE_CONSUMERS = 2;

  private static final int PARTITIONS = 2;
  private static final int VALUE_BYTES = 200;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final int oneInPasses;
  private final Recorder firstHop = new Recorder(LONGEST_NANOS, 3);
  private final Recorder allHops = new Recorder(LONGEST_NANOS, 3);
  private final AtomicLong onTheWay = new AtomicLong();
  private final List<HopReader> readers = new ArrayList<>();
  private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
  private final Producer<byte[], byte[]> first;
  private final String firstTopic;
  private long sent;

  /** Who reads a hop. */
  enum Kind {
    /** One consumer of all partitions. */
    PLAIN,

    /** Share consumers that acknowledge each record, as workers do. */
    SHARED
  }

  /**
   * Starts the readers.
   *
   * @param name of these hops; begins the names of their topics
   * @param hops in their order
   * @param oneInPasses one in so many records takes all hops
   */
  RawHops(Map<String, Object> kafka, String name, List<Kind> hops, int oneInPasses) {
    this.oneInPasses = oneInPasses;
    List<String> topics =
        IntStream.rangeClosed(1, hops.size()).mapToObj(hop -> name + "-" + hop).toList();
    create(kafka, topics);
    first = producer(kafka);
    firstTopic = topics.getFirst();
    for (int hop = 0; hop < hops.size(); hop++) {
      String topic = topics.get(hop);
      boolean isFirst = hop == 0;
      @Nullable String next = hop == hops.size() - 1 ? null : topics.get(hop + 1);
      Producer<byte[], byte[]> producer = producer(kafka);
      HopReader.Visitor passOn = record -> passOn(record, isFirst, producer, next);
      switch (hops.get(hop)) {
        case PLAIN -> readers.add(HopReader.plain(kafka, topic, PARTITIONS, passOn));
        case SHARED -> {
          ShareGroups.prepare(kafka, List.of(topic));
          for (int i = 0; i < SHARE_CONSUMERS; i++) {
            readers.add(HopReader.shared(kafka, topic, passOn));
          }
        }
      }
    }
    readers.forEach(HopReader::start);
  }

  private static void create(Map<String, Object> kafka, List<String> topics) {
    try (Admin admin = Admin.create(kafka)) {
      admin
          .createTopics(
              topics.stream().map(topic -> new NewTopic(topic, PARTITIONS, (short) 1)).toList())
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the topics of the bare hops cannot be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
    var settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  /** Sends one record on its way. */
  void send(long intendedNanos) {
    boolean passes = sent % oneInPasses == 0;
    var value =
        ByteBuffer.allocate(VALUE_BYTES).putLong(intendedNanos).put((byte) (passes ? 1 : 0));
    if (passes) onTheWay.incrementAndGet();
    forward(first, firstTopic, (int) (sent++ % PARTITIONS), value.array());
  }

  private static void forward(
      Producer<byte[], byte[]> producer, String topic, int partition, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
  }

  private void passOn(
      ConsumerRecord<byte[], byte[]> record,
      boolean isFirst,
      Producer<byte[], byte[]> producer,
      @Nullable String nextTopic) {
    var buffer = ByteBuffer.wrap(record.value());
    long nanos = Math.clamp(System.nanoTime() - buffer.getLong(), 0, LONGEST_NANOS);
    boolean passes = buffer.get() == 1;
    if (isFirst) firstHop.recordValue(nanos);
    if (!passes) return;
    if (nextTopic == null) {
      allHops.recordValue(nanos);
      onTheWay.decrementAndGet();
    } else {
      forward(producer, nextTopic, record.partition(), record.value());
    }
  }

  /** Records that have not taken all their hops. */
  long onTheWay() {
    return onTheWay.get();
  }

  /** Since this was last asked, in nanoseconds from the intended moment. */
  Histogram takeFirstHop() {
    return firstHop.getIntervalHistogram();
  }

  Histogram takeAllHops() {
    return allHops.getIntervalHistogram();
  }

  @Override
  public void close() {
    readers.forEach(HopReader::stop);
    readers.forEach(reader -> reader.join(Duration.ofSeconds(10)));
    producers.forEach(Producer::close);
  }
}
