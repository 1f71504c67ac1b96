package io.livemind.topology;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.SessionStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The pipeline on one screen, in the order of the data.
 *
 * <pre>
 *   fragments ──► fragments-to-segments ──► segments-to-tasks ──► inference-tasks, answer-tasks,
 *   inference-results ─────────────────────────────┘              worker-control, answers, usage
 * </pre>
 *
 * <p>One sub-topology, one store, one changelog: after a crash no fragment is known whose segment
 * is lost. No repartition topic: both inputs have the same partitions and the same partitioner.
 */
final class PipelineTopology {
  private static final String FRAGMENTS = "fragments";
  private static final String INFERENCE_RESULTS = "inference-results";

  private PipelineTopology() {}

  /**
   * The topology of one instance.
   *
   * @param answersPartitions how many there are: a session must name one of them
   */
  static Topology build(
      TopologyConfig config,
      Topics topics,
      ProcessWatch watch,
      PartitionProgress progress,
      int answersPartitions,
      TopologyMeters meters) {
    var store =
        switch (config.store().kind()) {
          case MEMORY -> Stores.inMemoryKeyValueStore(SessionStore.NAME);
          case ROCKSDB ->
              Rewriting.of(
                  Stores.persistentKeyValueStore(SessionStore.NAME),
                  config.store().rewriteInterval());
        };
    return build(config, topics, watch, progress, answersPartitions, meters, store);
  }

  /** The same with sessions in this store. */
  static Topology build(
      TopologyConfig config,
      Topics topics,
      ProcessWatch watch,
      PartitionProgress progress,
      int answersPartitions,
      TopologyMeters meters,
      KeyValueBytesStoreSupplier store) {
    var knownOptions = new KnownOptions(KnownOptions.UNITS);
    var topology =
        new Topology()
            .addSource(
                FRAGMENTS,
                Serdes.String().deserializer(),
                topics.fragments().value().deserializer(),
                topics.fragments().name())
            .addSource(
                INFERENCE_RESULTS,
                Serdes.String().deserializer(),
                new WorkerReportDeserializer(topics.inferenceResults().value().deserializer()),
                topics.inferenceResults().name())
            .addProcessor(
                FragmentsToSegments.NAME,
                () ->
                    new FragmentsToSegments(
                        config.limits(),
                        config.taskLimits(),
                        answersPartitions,
                        watch,
                        progress,
                        knownOptions),
                FRAGMENTS)
            .addProcessor(
                SegmentsToTasks.NAME,
                () -> new SegmentsToTasks(config, watch, progress, knownOptions, meters),
                FragmentsToSegments.NAME,
                INFERENCE_RESULTS)
            .addStateStore(sessions(config, store), FragmentsToSegments.NAME, SegmentsToTasks.NAME);
    addRoundRobin(topology, Outbox.INFERENCE_TASKS, topics.inferenceTasks());
    addRoundRobin(topology, Outbox.ANSWER_TASKS, topics.answerTasks());
    addAddressed(topology, Outbox.WORKER_CONTROL, topics.workerControl());
    addAddressed(topology, Outbox.ANSWERS, topics.answers());
    topology.addSink(
        Outbox.USAGE,
        topics.usage().name(),
        Serdes.String().serializer(),
        topics.usage().value().serializer(),
        SegmentsToTasks.NAME);
    return topology;
  }

  private static StoreBuilder<?> sessions(TopologyConfig config, KeyValueBytesStoreSupplier store) {
    return Stores.keyValueStoreBuilder(store, Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(SessionStore.changelog(config.store().rewriteInterval()));
  }

  /** A share group steals work only within a partition: a hashed or sticky one would be a queue. */
  private static void addRoundRobin(Topology topology, String sink, Topic<String, Task> topic) {
    var next = new AtomicInteger();
    StreamPartitioner<String, Task> partitioner =
        (_, _, _, partitions) ->
            Optional.of(Set.of(Math.floorMod(next.getAndIncrement(), partitions)));
    topology.addSink(
        sink,
        topic.name(),
        Serdes.String().serializer(),
        topic.value().serializer(),
        partitioner,
        SegmentsToTasks.NAME);
  }

  /**
   * A record for a partition that is not there is dropped: the producer would wait a minute for it.
   */
  private static <V extends SpecificRecord> void addAddressed(
      Topology topology, String sink, Topic<String, V> topic) {
    Serializer<V> serializer = topic.value().serializer();
    Serializer<Addressed<V>> addressed =
        (name, record) -> serializer.serialize(name, record.value());
    StreamPartitioner<String, Addressed<V>> partitioner =
        (_, _, record, partitions) ->
            Optional.of(record.partition() < partitions ? Set.of(record.partition()) : Set.of());
    topology.addSink(
        sink,
        topic.name(),
        Serdes.String().serializer(),
        addressed,
        partitioner,
        SegmentsToTasks.NAME);
  }
}
