package io.livemind.cli.experiment;

import io.livemind.replay.report.Distribution;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what a record's way through the broker takes while a replay runs, with nothing around
 * it: five times a second from a producer to a consumer, on a topic of its own. What the pipeline
 * adds is made of some such hops, and a machine that is busy makes each of them longer.
 *
 * <p>Threading: one thread of its own sends and receives, so a hop never waits for the next send.
 * Opened, and closed, by one thread; {@link #measured} after the close.
 */
final class RawHop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RawHop.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** An hour of them. */
  private static final int MOST = 18_000;

  private final Map<String, Object> kafka;
  private final String topic;
  private final Thread thread;
  private final List<Double> seconds = new ArrayList<>();
  private volatile boolean closed;

  private RawHop(Map<String, Object> kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
    this.thread = Thread.ofPlatform().name("raw-hop").unstarted(this::run);
  }

  /** Creates the topic and begins to measure. */
  static RawHop start(Pipeline pipeline) throws InterruptedException {
    String topic = Topics.DEFAULT_PREFIX + "raw-hop";
    try (Admin admin = Admin.create(pipeline.kafka())) {
      var created = admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all();
      var unused = created.get();
    } catch (ExecutionException e) {
      LOG.warn("raw_hop_topic_not_created reason={}", String.valueOf(e.getMessage()));
    }
    var hop = new RawHop(pipeline.kafka(), topic);
    hop.thread.start();
    return hop;
  }

  /** What was measured; empty if nothing was. */
  Optional<Distribution> measured() {
    return Distribution.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(LONGEST_END)) LOG.warn("raw_hop_not_ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var partition = new TopicPartition(topic, 0);
    try (var producer = producer();
        var consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long next = System.nanoTime();
      while (!closed && seconds.size() < MOST) {
        next += INTERVAL.toNanos();
        waitUntil(next);
        long sent = System.nanoTime();
        var unused = producer.send(new ProducerRecord<>(topic, sent));
        for (var record : consumer.poll(LONGEST))
          seconds.add((System.nanoTime() - record.value()) / 1e9);
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitUntil(long nanos) {
    long wait = nanos - System.nanoTime();
    if (wait > 0) LockSupport.parkNanos(wait);
  }

  private KafkaProducer<byte[], Long> producer() {
    var config = new HashMap<String, Object>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "raw-hop");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new LongSerializer());
  }

  private KafkaConsumer<byte[], Long> consumer() {
    var config = new HashMap<String, Object>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "raw-hop");
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new LongDeserializer());
  }
}
