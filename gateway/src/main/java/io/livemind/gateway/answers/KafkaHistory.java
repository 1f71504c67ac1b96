package io.livemind.gateway.answers;

import io.livemind.gateway.metric.UnreadableRecords;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads older records of the topic {@code answers} with a consumer of its own, which seeks.
 *
 * <p>Threading: one thread at a time, which closes it too; {@link #wake} from any.
 */
public final class KafkaHistory implements AnswerHistory {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Topic<String, AnswerEvent> topic;
  private final UnreadableRecords unreadable;
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @param unreadable sees each record that is no event
   */
  public KafkaHistory(Map<String, Object> kafka, Topics topics, UnreadableRecords unreadable) {
    this.unreadable = unreadable;
    topic = topics.answers();
    consumer = AnswerRecords.consumer(kafka, "gateway-history");
  }

  @Override
  public Extent extent(int partition) {
    var place = assigned(partition);
    long earliest = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
    return new Extent(earliest, end(place));
  }

  @Override
  public long offsetAt(int partition, long atMillis) {
    var place = assigned(partition);
    var found = consumer.offsetsForTimes(Map.of(place, Math.max(0, atMillis))).get(place);
    return found == null ? end(place) : found.offset();
  }

  @Override
  public long read(
      int partition, long from, long to, Predicate<String> wanted, Consumer<AnswerRecord> reader) {
    var place = assigned(partition);
    if (consumer.position(place) != from) consumer.seek(place, from);
    for (var read : consumer.poll(LONGEST_POLL).records(place))
      if (read.offset() < to && read.key() != null && wanted.test(read.key()))
        AnswerRecords.decode(topic, read, unreadable).ifPresent(reader);
    return consumer.position(place);
  }

  @Override
  public void wake() {
    consumer.wakeup();
  }

  private long end(TopicPartition place) {
    return consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
  }

  /** A consumer that is asked for the end of a partition that it has not complains each time. */
  private TopicPartition assigned(int partition) {
    var place = new TopicPartition(topic.name(), partition);
    if (!consumer.assignment().contains(place)) consumer.assign(List.of(place));
    return place;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
  }
}
