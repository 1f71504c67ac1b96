package io.livemind.benchmarks.workers;

import io.livemind.schemas.Topics;
import java.util.List;
import java.util.Map;

/** One way to take tasks from Kafka and make their calls. */
interface Design {

  /** As the table names it. */
  String title();

  /** Of the topic that it takes its tasks from. */
  default int taskPartitions() {
    return WorkersBenchmark.PARTITIONS;
  }

  /** Starts it; it takes answer tasks until what is returned is closed. */
  AutoCloseable start(Map<String, Object> kafka, Topics topics, int places, TimedCalls model);

  /** All of them, ours first. */
  static List<Design> all() {
    return List.of(
        new LiveMindWorkers(1),
        new PartitionWorker(),
        new HoldingWorker(),
        new ParallelConsumerWorker());
  }
}
