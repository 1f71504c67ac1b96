package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.Topic;
import io.livemind.schemas.avro.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad record stops nobody else, and nothing of it is lost. */
class UnreadableRecordTest {
  private static final byte[] GARBAGE = "no record".getBytes(StandardCharsets.UTF_8);

  @Test
  void bytesThatAreNoRecordGoToTheDeadLettersAndTheNeighboursAreAnswered(@TempDir Path state)
      throws Exception {
    try (var pipeline = TestPipeline.start(state)) {
      pipeline.startWorker();
      List<Topic<?, ?>> poisoned =
          List.of(
              pipeline.topics().fragments(),
              pipeline.topics().inferenceTasks(),
              pipeline.topics().answerTasks(),
              pipeline.topics().inferenceResults(),
              pipeline.topics().workerControl());
      poison(pipeline, poisoned);

      var result =
          pipeline.play(
              IntStream.range(0, 4)
                  .mapToObj(i -> Sessions.play("neighbour" + i, Duration.ZERO))
                  .toList());

      assertThat(result.sessions()).allMatch(session -> session.equalToRecorded());
      List<DeadLetter> letters = deadLetters(pipeline, lettersOf(pipeline, poisoned));
      assertThat(letters)
          .allSatisfy(
              letter -> {
                assertThat(letter.getCode()).isEqualTo("unreadable");
                assertThat(letter.getValue().orElseThrow().array()).isEqualTo(GARBAGE);
                assertThat(letter.getHeaders())
                    .anySatisfy(header -> assertThat(header.getName()).isEqualTo("origin"));
              });
      assertThat(letters)
          .extracting(DeadLetter::getTopic)
          .containsAll(poisoned.stream().map(Topic::name).toList());
    }
  }

  /** One into each partition, so that each of the neighbours has one before it. */
  private static void poison(TestPipeline pipeline, List<Topic<?, ?>> topics) {
    Map<String, Object> settings = new HashMap<>(pipeline.kafka());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Topic<?, ?> topic : topics) {
        producer
            .partitionsFor(topic.name())
            .forEach(
                partition -> {
                  var origin = new RecordHeader("origin", GARBAGE);
                  var record =
                      new ProducerRecord<>(
                          topic.name(), partition.partition(), GARBAGE, GARBAGE, List.of(origin));
                  var unused = producer.send(record);
                });
      }
    }
  }

  /** Each partition but those of the control topic that no worker reads. */
  private static int lettersOf(TestPipeline pipeline, List<Topic<?, ?>> topics) {
    Map<String, Object> settings = new HashMap<>(pipeline.kafka());
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      int unread = consumer.partitionsFor(pipeline.topics().workerControl().name()).size() - 1;
      return topics.stream().mapToInt(topic -> consumer.partitionsFor(topic.name()).size()).sum()
          - unread;
    }
  }

  private static List<DeadLetter> deadLetters(TestPipeline pipeline, int atLeast) {
    Topic<byte[], DeadLetter> topic = pipeline.topics().deadLetters();
    Map<String, Object> settings = new HashMap<>(pipeline.kafka());
    List<DeadLetter> letters = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), topic.value().deserializer())) {
      var partition = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(record -> letters.add(record.value()));
                return letters.size() >= atLeast;
              });
    }
    return letters;
  }
}
