package io.livemind.benchmarks.pipeline;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.schemas.Topics;
import java.time.Duration;

/**
 * What runs in this JVM beside the broker.
 *
 * @param topologies instances
 * @param streamThreads of each instance
 * @param workers processes' worth of workers
 * @param places calls that each worker runs at a time
 * @param modelDelay from a call to its whole reply
 * @param layout of the topics
 * @param sessionExpiry a session in which nothing happens for so long goes
 * @param keeping the log, and the memory of deleted sessions, keep for so long what nobody needs
 */
public record Setup(
    int topologies,
    int streamThreads,
    int workers,
    int places,
    Duration modelDelay,
    TopicLayout layout,
    Duration sessionExpiry,
    Duration keeping) {
  /** One of each, and a model that answers at once. */
  public static final Setup SMALL =
      new Setup(
          1,
          1,
          1,
          128,
          Duration.ZERO,
          TopicLayout.EMBEDDED,
          Duration.ofHours(24),
          Topics.RETENTION);

  /** The same with other instances of the topology, and partitions of sessions for them. */
  public Setup withTopologies(int count, int partitions) {
    var wide = new TopicLayout(partitions, layout.tasks(), layout.addressed(), (short) 1);
    return new Setup(
        count, streamThreads, workers, places, modelDelay, wide, sessionExpiry, keeping);
  }

  /** The same with other threads in each instance of the topology. */
  public Setup withStreamThreads(int threads) {
    return new Setup(
        topologies, threads, workers, places, modelDelay, layout, sessionExpiry, keeping);
  }

  /** The same with other workers and a model that takes its time. */
  public Setup withWorkers(int count, int placesOfEach, Duration delay) {
    return new Setup(
        topologies, streamThreads, count, placesOfEach, delay, layout, sessionExpiry, keeping);
  }

  /** The same with sessions that go sooner. */
  public Setup withSessionExpiry(Duration expiry) {
    return new Setup(
        topologies, streamThreads, workers, places, modelDelay, layout, expiry, keeping);
  }

  /** The same with a log that forgets sooner. */
  public Setup withKeeping(Duration time) {
    return new Setup(
        topologies, streamThreads, workers, places, modelDelay, layout, sessionExpiry, time);
  }
}
