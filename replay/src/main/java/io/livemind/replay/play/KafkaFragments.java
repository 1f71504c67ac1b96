package io.livemind.replay.play;

import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Fragment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes fragments to the topic {@code fragments} with one producer for all sessions: no linger,
 * acknowledged by all replicas, idempotent, so that the order of a session stays.
 *
 * <p>Threading: {@link #send} is called by one thread; failures are told from the producer's.
 *
 * <p>Waiting: for the brokers at creation 5 s, then a {@link PlayerException}; for a full buffer or
 * missing metadata 5 s, then the fragment has failed; for an acknowledgement 30 s; to close 10 s,
 * then what is under way is lost.
 */
public final class KafkaFragments implements FragmentSink {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFragments.class);
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(30);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final String topic;
  private final KafkaProducer<String, Fragment> producer;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @throws PlayerException if the topic is not there or the brokers cannot be reached
   */
  public KafkaFragments(Map<String, Object> kafka, Topics topics) {
    var config = new HashMap<String, Object>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "replay-fragments");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LONGEST_DELIVERY.toMillis());
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    var fragments = topics.fragments();
    topic = fragments.name();
    producer =
        new KafkaProducer<>(config, fragments.key().serializer(), fragments.value().serializer());
    try {
      // Asked for here, the topic's metadata makes no first fragment wait.
      var unused = producer.partitionsFor(topic);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw new PlayerException(
          "the topic "
              + topic
              + " cannot be written: check that the brokers run and that the topics were created",
          e);
    }
  }

  @Override
  public void send(String session, Fragment fragment, Runnable onFailure) {
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, session, fragment),
              (metadata, exception) -> {
                if (exception != null) failed(exception, onFailure);
              });
    } catch (KafkaException e) {
      failed(e, onFailure);
    }
  }

  @Override
  public void close() {
    producer.close(LONGEST_CLOSE);
  }

  private static void failed(Exception exception, Runnable onFailure) {
    LOG.warn("fragment_not_sent reason={}", exception.getClass().getSimpleName());
    onFailure.run();
  }
}
