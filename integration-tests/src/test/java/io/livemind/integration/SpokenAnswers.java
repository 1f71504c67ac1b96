package io.livemind.integration;

import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Stands for topology and workers: answers every session that is opened from now on, a piece each
 * time, so that a test of gateways measures gateways.
 */
final class SpokenAnswers implements AutoCloseable {
  private final Topics topics;
  private final KafkaConsumer<String, Fragment> fragments;
  private final KafkaProducer<String, AnswerEvent> answers;
  private final Map<String, Integer> partitions = new LinkedHashMap<>();
  private int next;

  SpokenAnswers(Map<String, Object> kafka, Topics topics) {
    this.topics = topics;
    fragments =
        new KafkaConsumer<>(
            kafka,
            topics.fragments().key().deserializer(),
            topics.fragments().value().deserializer());
    answers =
        new KafkaProducer<>(
            kafka, topics.answers().key().serializer(), topics.answers().value().serializer());
    var places =
        fragments.partitionsFor(topics.fragments().name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    fragments.assign(places);
    fragments.seekToEnd(places);
    // Asked for now: sessions that are opened later lie behind.
    places.forEach(fragments::position);
  }

  /** Returns when so many sessions are known. */
  void awaitSessions(int count) {
    while (partitions.size() < count)
      for (ConsumerRecord<String, Fragment> read : fragments.poll(Duration.ofMillis(100)))
        if (read.value().getContent() instanceof Open)
          partitions.put(read.key(), read.value().getAnswersPartition());
  }

  /** Says the next word in every session. */
  void sayNext() {
    int index = next++;
    partitions.forEach(
        (session, partition) -> {
          var unused =
              answers.send(
                  new ProducerRecord<>(
                      topics.answers().name(),
                      partition,
                      session,
                      new AnswerEvent(
                          0,
                          System.currentTimeMillis(),
                          new Delta(1, "execution", index, "word" + index + " "))));
        });
    answers.flush();
  }

  int said() {
    return next;
  }

  @Override
  public void close() {
    fragments.close();
    answers.close();
  }
}
