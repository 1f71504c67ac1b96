package io.livemind.gateway.answers;

import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;

/**
 * Reads partitions of the topic {@code answers} by assignment: no group, nothing committed.
 *
 * <p>Waiting: 10 s for the brokers, then an {@link IllegalStateException}.
 */
public final class KafkaAnswers implements AnswerSource {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  private final Topic<String, AnswerEvent> topic;
  private final BiConsumer<AnswerRecord, Headers> watch;
  private final UnreadableRecords unreadable;
  private final Admin admin;
  private final KafkaConsumer<String, byte[]> consumer;
  private final String topicId;
  private final int partitions;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @param watch sees each event that is read
   * @param unreadable sees each record that is none
   */
  public KafkaAnswers(
      Map<String, Object> kafka,
      Topics topics,
      BiConsumer<AnswerRecord, Headers> watch,
      UnreadableRecords unreadable) {
    this.watch = watch;
    this.unreadable = unreadable;
    topic = topics.answers();
    admin = Admin.create(Map.copyOf(kafka));
    try {
      TopicDescription description =
          await(
              admin
                  .describeTopics(List.of(topic.name()))
                  .topicNameValues()
                  .values()
                  .iterator()
                  .next(),
              "cannot look up topic " + topic.name() + ": create the topics first");
      topicId = hex(description.topicId());
      partitions = description.partitions().size();
      consumer = AnswerRecords.consumer(kafka, "gateway-answers");
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static String hex(Uuid id) {
    return HexFormat.of()
        .formatHex(
            ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
  }

  @Override
  public String topicId() {
    return topicId;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public Map<Integer, Long> ends(Collection<Integer> asked) {
    var latest =
        asked.stream()
            .collect(Collectors.toMap(this::place, _ -> OffsetSpec.latest(), (one, _) -> one));
    var found =
        await(
            admin.listOffsets(latest).all(),
            "the topic "
                + topic.name()
                + " cannot be read: see whether the brokers can be reached");
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(each -> each.getKey().partition(), each -> each.getValue().offset()));
  }

  private static <T> T await(KafkaFuture<T> answer, String otherwise) {
    try {
      return answer.get(LONGEST_REQUEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(otherwise, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the log was asked", e);
    }
  }

  @Override
  public void read(Map<Integer, Long> positions) {
    Set<TopicPartition> before = consumer.assignment();
    consumer.assign(positions.keySet().stream().map(this::place).toList());
    positions.forEach(
        (partition, offset) -> {
          if (!before.contains(place(partition))) consumer.seek(place(partition), offset);
        });
  }

  private TopicPartition place(int partition) {
    return new TopicPartition(topic.name(), partition);
  }

  @Override
  public List<AnswerRecord> poll(Duration longest) {
    try {
      var answers = new ArrayList<AnswerRecord>();
      for (var read : consumer.poll(longest))
        AnswerRecords.decode(topic, read, unreadable)
            .ifPresent(
                answer -> {
                  watch.accept(answer, read.headers());
                  answers.add(answer);
                });
      return answers;
    } catch (WakeupException e) {
      return List.of();
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public void wake() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    admin.close(LONGEST_CLOSE);
    consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
  }
}
