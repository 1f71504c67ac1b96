package io.livemind.benchmarks.workers;

import io.livemind.benchmarks.harness.OpenLoop;
import io.livemind.benchmarks.harness.ProcessCpu;
import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.cli.embedded.TopicLayout;
import io.livemind.cli.embedded.TopicSetup;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;

/**
 * One broker for all variants; each trial has topics and groups of its own, so that none inherits
 * the backlog of another.
 */
final class Bench implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
  private int trials;

  /**
   * What a trial showed.
   *
   * @param callsPerSecond that ended, in the time that counts
   * @param delays from due to start
   * @param cpuMicros of this JVM a call: worker, broker and load together
   */
  record Trial(double callsPerSecond, Histogram delays, double cpuMicros) {
    String millis(double percentile) {
      return "%.1f".formatted(delays.getValueAtPercentile(percentile) / 1e6);
    }
  }

  /** Starts what takes the tasks of a trial. */
  @FunctionalInterface
  interface Starter {
    AutoCloseable start(Map<String, Object> kafka, Topics topics) throws Exception;
  }

  /** Topics that nobody has used, as a deployment has them. */
  Topics freshTopics() {
    return freshTopics(TopicLayout.TASKS);
  }

  private Topics freshTopics(int taskPartitions) {
    var layout =
        new TopicLayout(
            WorkersBenchmark.PARTITIONS, taskPartitions, WorkersBenchmark.PARTITIONS, (short) 1);
    var topics = new Topics("trial" + trials++ + ".");
    try (Admin admin = Admin.create(kafka)) {
      new TopicSetup(admin, layout).ensure(topics);
    }
    return topics;
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  /**
   * Loads what is started with answer tasks, and measures after a time to settle.
   *
   * @param taskPartitions of the topic that they stand in
   * @param perSecond tasks
   */
  Trial run(
      Starter starter, int taskPartitions, TimedCalls model, double perSecond, Duration duration)
      throws Exception {
    Topics topics = freshTopics(taskPartitions);
    try (AutoCloseable workers = starter.start(kafka, topics);
        var feed = new TaskFeed(kafka, topics, duration.multipliedBy(9))) {
      awaitFirst(model, feed);
      OpenLoop.run(perSecond, SETTLING, due -> feed.dispatch(TaskKind.ANSWER, due));
      model.takeDelays(TaskKind.ANSWER);
      long begun = System.nanoTime();
      long before = model.finished(TaskKind.ANSWER);
      long cpu = ProcessCpu.nanos();
      OpenLoop.run(perSecond, duration, due -> feed.dispatch(TaskKind.ANSWER, due));
      double seconds = (System.nanoTime() - begun) / 1e9;
      long calls = model.finished(TaskKind.ANSWER) - before;
      double cpuMicros = (ProcessCpu.nanos() - cpu) / 1e3 / Math.max(1, calls);
      return new Trial(calls / seconds, model.takeDelays(TaskKind.ANSWER), cpuMicros);
    }
  }

  /** Members join their groups in their own time. */
  static void awaitFirst(TimedCalls model, TaskFeed feed) throws InterruptedException {
    long before = model.finished(TaskKind.ANSWER);
    for (int i = 0; i < WorkersBenchmark.PARTITIONS; i++) {
      feed.dispatch(TaskKind.ANSWER, System.nanoTime());
    }
    await(() -> model.finished(TaskKind.ANSWER) >= before + WorkersBenchmark.PARTITIONS);
  }

  static void await(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) throw new IllegalStateException("nothing happens");
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
