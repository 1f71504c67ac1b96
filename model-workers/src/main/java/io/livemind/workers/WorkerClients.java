package io.livemind.workers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka clients of a worker, with the settings that its promises rest on. They carry bytes: a
 * record that cannot be read must reach the dead letters, not stop a consumer.
 *
 * @param kafka connection of every client
 * @param workerId part of the client ids
 */
record WorkerClients(Map<String, Object> kafka, String workerId) {
  /** A record that the broker has not confirmed by then is lost; a broker fail-over fits in. */
  static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration MAXIMUM_BLOCK = Duration.ofSeconds(5);

  /**
   * Of the log that a broker reads for a poll; a longer task comes alone. By default it is 50 MB,
   * and the broker (4.3.1) walks over all batches of them, however few records a poll may return:
   * the more tasks wait, the longer each poll would take.
   */
  private static final int FETCH_BYTES = 128 * 1024;

  /** A worker whose places are all taken does not poll; calls may last for minutes. */
  private static final Duration LONGEST_WITHOUT_POLL = Duration.ofMinutes(30);

  /** Writes everything; keeps the order of a partition over retries. */
  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = named("results");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A record leaves at once where none is under way; under load those of a round trip leave
    // together, in one request.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAXIMUM_BLOCK.toMillis());
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    // A dead letter holds a whole task beside its own fields.
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads one partition of the control topic from its end on, without a group. */
  Consumer<byte[], byte[]> controlConsumer() {
    Map<String, Object> config = named("control");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Takes tasks, acknowledges each one by itself, and acquires no more than a poll returns.
   *
   * @param name part of the client id
   * @param batch records of a poll, at most
   */
  ShareConsumer<byte[], byte[]> taskConsumer(String group, String name, int batch) {
    Map<String, Object> config = named(name);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_WITHOUT_POLL.toMillis());
    return new KafkaShareConsumer<>(
        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> named(String name) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("client.id", workerId + "-" + name);
    return config;
  }
}
