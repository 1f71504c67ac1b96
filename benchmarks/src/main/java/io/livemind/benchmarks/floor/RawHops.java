package io.livemind.benchmarks.floor;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * As many hops as the chain has, of plain producers and consumers that only pass bytes on. Every
 * record takes the first hop; one in so many, as a submit among fragments, takes them all.
 *
 * <p>Threading: one thread sends; one per hop reads.
 */
final class RawHops implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final int VALUE_BYTES = 200;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final int oneInPasses;
  private final Recorder firstHop = new Recorder(LONGEST_NANOS, 3);
  private final Recorder allHops = new Recorder(LONGEST_NANOS, 3);
  private final AtomicLong onTheWay = new AtomicLong();
  private final Deque<Reader> readers = new ArrayDeque<>();
  private final Producer<byte[], byte[]> first;
  private long sent;

  RawHops(Map<String, Object> kafka, int hops, int oneInPasses) {
    this.oneInPasses = oneInPasses;
    List<String> topics = IntStream.rangeClosed(1, hops).mapToObj(hop -> "raw-" + hop).toList();
    create(kafka, topics);
    first = producer(kafka);
    for (int hop = 0; hop < hops; hop++) {
      boolean last = hop == hops - 1;
      var reader = new Reader(kafka, topics.get(hop), hop == 0, last ? null : topics.get(hop + 1));
      readers.add(reader);
      reader.thread.start();
    }
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

  private static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
    var settings = new HashMap<>(kafka);
    settings.put("linger.ms", 0);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends one record on its way. */
  void send(long intendedNanos) {
    boolean passes = sent % oneInPasses == 0;
    var value =
        ByteBuffer.allocate(VALUE_BYTES).putLong(intendedNanos).put((byte) (passes ? 1 : 0));
    if (passes) onTheWay.incrementAndGet();
    forward(first, "raw-1", (int) (sent++ % PARTITIONS), value.array());
  }

  private static void forward(
      Producer<byte[], byte[]> producer, String topic, int partition, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
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

  private final class Reader {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final boolean isFirst;
    private final @Nullable String nextTopic;
    private final Thread thread;

    private Reader(
        Map<String, Object> kafka, String topic, boolean isFirst, @Nullable String nextTopic) {
      this.isFirst = isFirst;
      this.nextTopic = nextTopic;
      this.producer = RawHops.producer(kafka);
      this.consumer =
          new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      var all = IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      this.thread = Thread.ofPlatform().name(topic).unstarted(this::read);
    }

    private void read() {
      try (consumer;
          producer) {
        while (true) {
          consumer
              .poll(Duration.ofSeconds(1))
              .forEach(record -> passOn(record.partition(), record.value()));
        }
      } catch (WakeupException closing) {
        // The owner closes.
      }
    }

    private void passOn(int partition, byte[] value) {
      var buffer = ByteBuffer.wrap(value);
      long nanos = Math.clamp(System.nanoTime() - buffer.getLong(), 0, LONGEST_NANOS);
      boolean passes = buffer.get() == 1;
      if (isFirst) firstHop.recordValue(nanos);
      if (!passes) return;
      if (nextTopic == null) {
        allHops.recordValue(nanos);
        onTheWay.decrementAndGet();
      } else {
        forward(producer, nextTopic, partition, value);
      }
    }
  }

  @Override
  public void close() {
    readers.forEach(reader -> reader.consumer.wakeup());
    first.close();
    for (Reader reader : readers) {
      try {
        reader.thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
