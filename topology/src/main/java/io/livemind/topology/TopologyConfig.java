package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.typing.TypingLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Configuration of a topology instance, checked.
 *
 * @param applicationId Streams application id: consumer group and prefix of the changelog
 * @param kafka connection of every client: {@code bootstrap.servers}, security
 * @param stateDirectory where RocksDB keeps the sessions
 * @param store where sessions are kept between restarts of the changelog
 * @param streamThreads threads that share the partitions of this instance
 * @param standbyReplicas copies of the store on other instances
 * @param commitInterval what a crash replays
 * @param exactlyOnce {@code exactly_once_v2}: costs half a commit interval a hop
 * @param embedded runs alone in its process: nobody else can own its state, so a pause is no reason
 *     to halt
 * @param limits bounds on what a client may type
 * @param taskLimits bounds on what a task repeats beside the prompt
 * @param times how long a session waits for what
 * @param sessionExpiry a session in which nothing happens for so long is deleted
 * @param renderedMessages the last look at the messages of a task before it leaves; the identity,
 *     except where a test damages them on purpose
 */
public record TopologyConfig(
    String applicationId,
    Map<String, Object> kafka,
    Path stateDirectory,
    Store store,
    int streamThreads,
    int standbyReplicas,
    Duration commitInterval,
    boolean exactlyOnce,
    boolean embedded,
    TypingLimits limits,
    TaskLimits taskLimits,
    SessionTimes times,
    Duration sessionExpiry,
    UnaryOperator<List<Message>> renderedMessages) {

  /** Where sessions are kept. */
  public enum Store {
    MEMORY,
    ROCKSDB
  }

  public TopologyConfig {
    kafka = Map.copyOf(kafka);
    check(!applicationId.isBlank(), "topology.application-id must not be empty");
    check(
        kafka.containsKey("bootstrap.servers"),
        "topology.kafka must name bootstrap.servers, the brokers to connect to");
    check(
        streamThreads >= 1, "topology.stream-threads must be at least 1, but is " + streamThreads);
    check(
        standbyReplicas >= 0,
        "topology.standby-replicas must not be negative, but is " + standbyReplicas);
    check(
        commitInterval.toMillis() >= 10 && commitInterval.toSeconds() <= 30,
        "topology.commit-interval must lie between 10 ms and 30 s, but is " + commitInterval);
    check(
        sessionExpiry.toMinutes() >= 1,
        "topology.session-expiry must be at least one minute, but is " + sessionExpiry);
    long largest = taskLimits.largestTask(limits);
    check(
        largest <= TaskLimits.LARGEST_RECORD,
        "topology.limits.prompt-length and topology.tasks.* allow tasks of "
            + largest
            + " bytes, but a record holds "
            + TaskLimits.LARGEST_RECORD
            + ": lower one of them");
  }

  /** Defaults for a process of its own. */
  public static TopologyConfig defaults(
      String applicationId, Map<String, Object> kafka, Path stateDirectory) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        Store.ROCKSDB,
        2,
        0,
        Duration.ofMillis(200),
        false,
        false,
        TypingLimits.DEFAULT,
        TaskLimits.DEFAULT,
        SessionTimes.DEFAULT,
        Duration.ofHours(24),
        UnaryOperator.identity());
  }

  /** The same inside a process that holds everything. */
  public TopologyConfig embedded(Store embeddedStore) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        embeddedStore,
        1,
        0,
        commitInterval,
        exactlyOnce,
        true,
        limits,
        taskLimits,
        times,
        sessionExpiry,
        renderedMessages);
  }

  /** The same with {@code exactly_once_v2}. */
  public TopologyConfig withExactlyOnce() {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        store,
        streamThreads,
        standbyReplicas,
        commitInterval,
        true,
        embedded,
        limits,
        taskLimits,
        times,
        sessionExpiry,
        renderedMessages);
  }

  /** The same with other bounds on what a client may type. */
  public TopologyConfig limiting(TypingLimits otherLimits) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        store,
        streamThreads,
        standbyReplicas,
        commitInterval,
        exactlyOnce,
        embedded,
        otherLimits,
        taskLimits,
        times,
        sessionExpiry,
        renderedMessages);
  }

  /** The same with copies of the store on other instances. */
  public TopologyConfig withStandbyReplicas(int replicas) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        store,
        streamThreads,
        replicas,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        sessionExpiry,
        renderedMessages);
  }

  /** The same with sessions that go when nothing happened for so long. */
  public TopologyConfig expiring(Duration expiry) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        store,
        streamThreads,
        standbyReplicas,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        expiry,
        renderedMessages);
  }

  /** The same with messages that are changed before a task leaves. */
  public TopologyConfig rendering(UnaryOperator<List<Message>> change) {
    return new TopologyConfig(
        applicationId,
        kafka,
        stateDirectory,
        store,
        streamThreads,
        standbyReplicas,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        sessionExpiry,
        change);
  }

  private static void check(boolean holds, String message) {
    if (!holds) throw new IllegalArgumentException(message);
  }
}
