package io.livemind.gateway.answers;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;

/**
 * Reads all partitions of the topic {@code answers} from their ends on, by assignment: no group,
 * nothing committed.
 *
 * <p>Threading: created by one thread, then polled by one.
 *
 * <p>Waiting: 10 s for the brokers at creation, then an {@link IllegalStateException}.
 */
public final class KafkaAnswers implements AnswerSource {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Topic<String, AnswerEvent> topic;
  private final BiConsumer<AnswerRecord, Headers> watch;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Long> positions;
  private final String topicId;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @param watch sees each event that is read
   */
  public KafkaAnswers(
      Map<String, Object> kafka, Topics topics, BiConsumer<AnswerRecord, Headers> watch) {
    this.watch = watch;
    topic = topics.answers();
    topicId = lookUpId(kafka, topic.name());
    consumer = AnswerRecords.consumer(kafka, "gateway-answers");
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      // seekToEnd is lazy: asked for here, the end is the one before the first fragment.
      positions = partitions.stream().map(consumer::position).toList();
    } catch (RuntimeException e) {
      consumer.close();
      throw new IllegalStateException(
          "the topic " + topic.name() + " cannot be read: see whether the brokers can be reached",
          e);
    }
  }

  private static String lookUpId(Map<String, Object> kafka, String name) {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      var description =
          admin.describeTopics(List.of(name)).topicNameValues().values().iterator().next();
      Uuid id = description.get(10, TimeUnit.SECONDS).topicId();
      return HexFormat.of()
          .formatHex(
              ByteBuffer.allocate(16)
                  .putLong(id.getMostSignificantBits())
                  .putLong(id.getLeastSignificantBits())
                  .array());
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot look up topic " + name + ": create the topics first", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked up", e);
    }
  }

  @Override
  public String topicId() {
    return topicId;
  }

  @Override
  public List<Long> positions() {
    return positions;
  }

  @Override
  public List<AnswerRecord> poll(Duration longest) {
    try {
      var answers = new ArrayList<AnswerRecord>();
      for (var read : consumer.poll(longest))
        AnswerRecords.decode(topic, read)
            .ifPresent(
                answer -> {
                  watch.accept(answer, read.headers());
                  answers.add(answer);
                });
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
}
