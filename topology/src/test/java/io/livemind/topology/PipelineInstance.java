package io.livemind.topology;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import io.livemind.topology.state.SessionStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** One instance of the topology, from its start to its end, and the topics around it. */
final class PipelineInstance {
  static final String APPLICATION = "test";

  final TopologyTestDriver driver;
  final TestInputTopic<String, Fragment> fragments;
  final TestInputTopic<String, byte[]> rawFragments;
  final TestInputTopic<String, Result> results;
  final TestOutputTopic<String, Task> inferenceTasks;
  final TestOutputTopic<String, Task> answerTasks;
  final TestOutputTopic<String, Control> control;
  final TestOutputTopic<String, AnswerEvent> answers;
  final TestOutputTopic<String, Usage> usage;
  final TestOutputTopic<byte[], DeadLetter> deadLetters;
  final TestOutputTopic<String, byte[]> changelog;

  /**
   * @param store what it finds written of its store
   * @param stillToProcess by topic, the last offset that lies there when it begins
   */
  PipelineInstance(
      TopologyConfig config,
      Topics topics,
      MeterRegistry meters,
      Map<String, byte[]> store,
      Supplier<Map<String, Long>> stillToProcess,
      Instant now) {
    var progress = new PartitionProgress(_ -> stillToProcess.get(), Runnable::run);
    var topologyMeters = new TopologyMeters(meters);
    var topology =
        PipelineTopology.build(
            config,
            topics,
            ProcessWatch.off(),
            progress,
            2,
            topologyMeters,
            new RestoredStore(store));
    driver =
        new TopologyTestDriver(
            topology, StreamsSettings.of(config, topics.prefix(), 1, topologyMeters), now);
    fragments = input(topics.fragments());
    rawFragments =
        driver.createInputTopic(
            topics.fragments().name(), new StringSerializer(), new ByteArraySerializer());
    results = input(topics.inferenceResults());
    inferenceTasks = output(topics.inferenceTasks());
    answerTasks = output(topics.answerTasks());
    control = output(topics.workerControl());
    answers = output(topics.answers());
    usage = output(topics.usage());
    deadLetters = output(topics.deadLetters());
    changelog =
        driver.createOutputTopic(
            APPLICATION + "-" + SessionStore.NAME + "-changelog",
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
    return driver.createInputTopic(
        topic.name(), topic.key().serializer(), topic.value().serializer());
  }

  private <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.key().deserializer(), topic.value().deserializer());
  }
}
