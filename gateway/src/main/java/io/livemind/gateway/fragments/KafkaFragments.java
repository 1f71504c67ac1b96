package io.livemind.gateway.fragments;

import io.livemind.gateway.metric.TurnWatch;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Fragment;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes fragments to the topic {@code fragments} with one producer for all sessions: no linger,
 * acknowledged by all replicas, idempotent, so that the order of a session stays.
 *
 * <p>Threading: any thread.
 *
 * <p>Waiting: for a full buffer or missing metadata 5 s, then the fragment has failed; for an
 * acknowledgement 30 s; to close 10 s, then what is under way is lost, and was not acknowledged.
 */
public final class KafkaFragments implements FragmentSink {
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(30);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final String topic;
  private final TurnWatch watch;
  private final KafkaProducer<String, Fragment> producer;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @param watch sees each fragment that is sent
   */
  public KafkaFragments(Map<String, Object> kafka, Topics topics, TurnWatch watch) {
    this.watch = watch;
    var config = new HashMap<String, Object>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "gateway-fragments");
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
  }

  @Override
  public CompletableFuture<Void> send(String session, Fragment fragment) {
    var sent = new CompletableFuture<Void>();
    var record = new ProducerRecord<>(topic, session, fragment);
    Span span = watch.sent(session, fragment, record.headers());
    try {
      var unused =
          producer.send(
              record,
              (_, failure) -> {
                span.end();
                if (failure == null) sent.complete(null);
                else sent.completeExceptionally(failure);
              });
    } catch (KafkaException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  @Override
  public void close() {
    producer.close(LONGEST_CLOSE);
  }
}
