package io.livemind.replay.play;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic {@code answers}, all partitions, from its end at the time of creation on. No
 * group, nothing committed. A record that cannot be read is passed over and logged.
 *
 * <p>Threading: created by one thread, then polled by one, closed when that has ended.
 *
 * <p>Waiting: 10 s for the brokers at creation, then a {@link PlayerException}.
 */
public final class KafkaAnswers implements AnswerSource {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAnswers.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final int RECORDS_PER_POLL = 2_000;

  private final Topic<String, AnswerEvent> topic;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @throws PlayerException if the topic is not there or the brokers cannot be reached
   */
  public KafkaAnswers(Map<String, Object> kafka, Topics topics) {
    topic = topics.answers();
    var config = new HashMap<String, Object>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "replay-answers");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST_START.toMillis());
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_START.toMillis());
    consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      partitions = assign();
    } catch (KafkaException e) {
      consumer.close();
      throw new PlayerException(
          "the topic "
              + topic.name()
              + " cannot be read: check that the brokers run and that the"
              + " topics were created",
          e);
    }
  }

  @Override
  public int partitions() {
    return partitions.size();
  }

  @Override
  public List<Answer> poll(Duration longest, Predicate<String> wanted) {
    try {
      var answers = new ArrayList<Answer>();
      for (var record : consumer.poll(longest))
        if (record.key() != null && wanted.test(record.key())) decode(record, answers);
      return answers;
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
  }

  private List<TopicPartition> assign() {
    List<TopicPartition> all =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    if (all.isEmpty()) throw new KafkaException("the topic has no partition");
    consumer.assign(all);
    consumer.seekToEnd(all);
    // seekToEnd is lazy: asked for here, the end is the one before the first fragment.
    all.forEach(consumer::position);
    return all;
  }

  private void decode(ConsumerRecord<String, byte[]> record, List<Answer> answers) {
    try {
      AnswerEvent event = topic.value().deserializer().deserialize(topic.name(), record.value());
      if (event != null) answers.add(new Answer(record.key(), event));
    } catch (SerializationException e) {
      LOG.warn("answer_unreadable partition={} offset={}", record.partition(), record.offset());
    }
  }
}
