package io.livemind.topology;

import io.livemind.schemas.Topic;
import io.livemind.topology.state.SessionStore;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams as the pipeline needs it; each deviation from the defaults with its reason. */
final class StreamsSettings {
  private StreamsSettings() {}

  /**
   * Settings of an instance.
   *
   * @param copies of the changelog, as many as the fragments have: what a broker creates by its own
   *     default may have one, and that broker's loss would stop the sessions of a partition
   */
  static Properties of(
      TopologyConfig config, String topicPrefix, int copies, TopologyMeters meters) {
    var settings = new Properties();
    settings.putAll(config.kafka());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.store().directory().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.store().standbyReplicas());
    settings.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        config.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, copies);
    settings.put(StreamsConfig.topicPrefix(Topic.LEAST_IN_SYNC), Topic.leastInSync(copies));
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());

    // Streams sets the producer's linger to 100 ms: two hops of it would be most of an answer's
    // delay.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    // The task topics compress at the broker: here, each small batch of the changelog would
    // allocate the compressor's 64 KB anew (half of all allocation at 20,000 fragments a second).
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
    // What a pass has produced leaves together, and most of it goes to one partition of the
    // changelog: with Kafka's 16 KB it would be several batches, of which a request carries one.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 * 1024);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        SessionStore.LARGEST_RECORD);
    // What is given up after two minutes, as by default, is missing in the changelog and stands in
    // the store, which at-least-once does not read anew; exactly-once does.
    if (!config.exactlyOnce()) {
      settings.put(
          StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
          Integer.MAX_VALUE);
    }
    // Bounds the granularity of timers and commits; delays no record.
    settings.put(StreamsConfig.POLL_MS_CONFIG, 10);
    // The machine takes fragments and results in any order, so neither waits for the other.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    // A cache would hold the head back from the changelog, behind its parts.
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    // A dead or frozen instance is replaced after six seconds.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");

    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    settings.put(DeadLetterHandler.PREFIX_CONFIG, topicPrefix);
    settings.put(DeadLetterHandler.METERS_CONFIG, meters);

    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreFiles.class);
    settings.put(StoreFiles.REWRITE_SECONDS_CONFIG, config.store().rewriteInterval().toSeconds());
    return settings;
  }
}
