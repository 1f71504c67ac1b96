package io.livemind.replay.record;

import io.livemind.replay.play.PlayerException;
import io.livemind.replay.recording.LmrecWriter;
import io.livemind.replay.recording.Recording;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Fragment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of a deployment and writes a file for each session: a new one when its first
 * turn has ended, written anew with each later turn. A file is put in its place whole.
 *
 * <p>No group, nothing committed: the deployment does not notice.
 *
 * <p>Threading: {@link #follow} runs on one thread; {@link #stop} may be called from any.
 */
public final class TopicFollower {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);
  private static final int LONGEST_START_MILLIS = 10_000;

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final StartPoint start;
  private final boolean untilEnd;
  private final Path folder;
  private final Recorder recorder;
  private final Set<String> written = new HashSet<>();
  private volatile boolean stopped;

  /**
   * @param kafka connection settings of the clients, {@code bootstrap.servers} at least
   * @param topics of the deployment
   * @param start from where
   * @param untilEnd whether to stop at what is there now
   * @param wanted sessions to be recorded
   * @param folder that exists
   */
  public TopicFollower(
      Map<String, Object> kafka,
      Topics topics,
      StartPoint start,
      boolean untilEnd,
      Predicate<String> wanted,
      Path folder) {
    this.kafka = kafka;
    this.topics = topics;
    this.start = start;
    this.untilEnd = untilEnd;
    this.folder = folder;
    this.recorder = new Recorder(wanted);
  }

  /**
   * Follows until it is stopped, or the end that was asked for.
   *
   * @return how many sessions were written
   * @throws PlayerException if the topics cannot be read
   */
  public int follow() {
    try (KafkaConsumer<String, byte[]> fragments = consumer("record-fragments");
        KafkaConsumer<String, byte[]> answers = consumer("record-answers")) {
      Map<TopicPartition, Long> lastAnswers =
          assign(answers, topics.answers().name(), answersStart());
      Map<TopicPartition, Long> lastFragments = assign(fragments, topics.fragments().name(), start);
      takeFragments(fragments, lastFragments);
      while (!stopped && !(untilEnd && reached(answers, lastAnswers)))
        takeAnswers(answers, fragments);
      return written.size();
    } catch (KafkaException e) {
      throw new PlayerException(
          "the topics cannot be read: check that the brokers run, and the prefix of the topics", e);
    }
  }

  /** Ends the following soon. */
  public void stop() {
    stopped = true;
  }

  private StartPoint answersStart() {
    return start instanceof StartPoint.Offset ? new StartPoint.Beginning() : start;
  }

  private void takeFragments(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    Topic<String, Fragment> topic = topics.fragments();
    while (!stopped && !reached(consumer, ends))
      for (var record : consumer.poll(LONGEST_POLL)) {
        Fragment fragment = read(topic, record);
        if (fragment != null) recorder.take(record.key(), fragment);
      }
  }

  /** What is answered was typed before, so the fragments up to now come first. */
  private void takeAnswers(
      KafkaConsumer<String, byte[]> answers, KafkaConsumer<String, byte[]> fragments) {
    Topic<String, AnswerEvent> topic = topics.answers();
    var records = answers.poll(LONGEST_POLL);
    if (records.isEmpty()) return;
    takeFragments(fragments, fragments.endOffsets(fragments.assignment()));
    for (var record : records) {
      AnswerEvent event = read(topic, record);
      if (event != null) recorder.take(record.key(), event);
    }
    recorder.takeGrown().forEach(this::write);
  }

  private static <V> @Nullable V read(
      Topic<String, V> topic, ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) return null;
    try {
      return topic.value().deserializer().deserialize(topic.name(), record.value());
    } catch (SerializationException e) {
      LOG.warn(
          "record_unreadable topic={} partition={} offset={}",
          topic.name(),
          record.partition(),
          record.offset());
      return null;
    }
  }

  private void write(Recording recording) {
    try {
      Path file = folder.resolve(recording.id() + ".lmrec");
      Path whole = Files.createTempFile(folder, recording.id(), ".part");
      Files.writeString(whole, LmrecWriter.write(recording));
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      written.add(recording.id());
      LOG.info("session_recorded recording={} turns={}", recording.id(), recording.turns().size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes to the start in every partition, and tells where the end is now. */
  private static Map<TopicPartition, Long> assign(
      KafkaConsumer<String, byte[]> consumer, String topic, StartPoint start) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (var partition : consumer.partitionsFor(topic))
      partitions.add(new TopicPartition(topic, partition.partition()));
    if (partitions.isEmpty()) throw new KafkaException("the topic " + topic + " is not there");
    consumer.assign(partitions);
    switch (start) {
      case StartPoint.Beginning ignored -> consumer.seekToBeginning(partitions);
      case StartPoint.Now ignored -> consumer.seekToEnd(partitions);
      case StartPoint.Offset at -> seekTo(consumer, partitions, at.offset());
      case StartPoint.At at -> seek(consumer, partitions, at.moment().toEpochMilli());
    }
    // Seeking is lazy: asked for here, "now" is before whatever is written next.
    partitions.forEach(consumer::position);
    return consumer.endOffsets(partitions);
  }

  /** Behind its end a partition would be read from its beginning. */
  private static void seekTo(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, long offset) {
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> consumer.seek(partition, Math.min(offset, end)));
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, long millis) {
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(one -> one, one -> millis)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      if (at == null) consumer.seekToEnd(List.of(partition));
      else consumer.seek(partition, at.offset());
    }
  }

  private static boolean reached(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private KafkaConsumer<String, byte[]> consumer(String name) {
    var config = new HashMap<String, Object>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_START_MILLIS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_START_MILLIS);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
