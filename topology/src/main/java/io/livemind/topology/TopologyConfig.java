package io.livemind.topology;

import io.livemind.schemas.avro.Message;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.state.SessionStore;
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
 * @param store where sessions are kept, how many, and for how long
 * @param streamThreads threads that share the partitions of this instance
 * @param commitInterval what a crash replays
 * @param exactlyOnce {@code exactly_once_v2}: costs half a commit interval a hop
 * @param embedded runs alone in its process: nobody else can own its state, so a pause is no reason
 *     to halt
 * @param limits bounds on what a client may type
 * @param taskLimits bounds on what a task repeats beside the prompt
 * @param times how long a session waits for what
 * @param renderedMessages the last look at the messages of a task before it leaves; the identity,
 *     except where a test damages them on purpose
 */
public record TopologyConfig(
    String applicationId,
    Map<String, Object> kafka,
    StoreConfig store,
    int streamThreads,
    Duration commitInterval,
    boolean exactlyOnce,
    boolean embedded,
    TypingLimits limits,
    TaskLimits taskLimits,
    SessionTimes times,
    UnaryOperator<List<Message>> renderedMessages) {

  public TopologyConfig {
    kafka = Map.copyOf(kafka);
    check(!applicationId.isBlank(), "topology.application-id must not be empty");
    check(
        kafka.containsKey("bootstrap.servers"),
        "topology.kafka must name bootstrap.servers, the brokers to connect to");
    check(
        streamThreads >= 1, "topology.stream-threads must be at least 1, but is " + streamThreads);
    check(
        commitInterval.toMillis() >= 10 && commitInterval.toSeconds() <= 30,
        "topology.commit-interval must lie between 10 ms and 30 s, but is " + commitInterval);
    long largest = taskLimits.largestTask(limits);
    check(
        largest <= TaskLimits.LARGEST_RECORD,
        "topology.limits.prompt-length and topology.tasks.* allow tasks of "
            + largest
            + " bytes, but a record holds "
            + TaskLimits.LARGEST_RECORD
            + ": lower one of them");
    long largestHead = TaskLimits.largestHead(limits);
    check(
        largestHead <= SessionStore.LARGEST_RECORD,
        "topology.limits.prompt-length allows a session's head of "
            + largestHead
            + " bytes, but a record of the store holds "
            + SessionStore.LARGEST_RECORD
            + ": lower it");
    long largestSnapshot = taskLimits.largestSnapshot(limits);
    check(
        largestSnapshot <= TaskLimits.LARGEST_RECORD,
        "topology.limits.prompt-length and topology.tasks.inferences-per-turn allow snapshots of "
            + largestSnapshot
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
        StoreConfig.defaults(stateDirectory),
        2,
        Duration.ofMillis(200),
        false,
        false,
        TypingLimits.DEFAULT,
        TaskLimits.DEFAULT,
        SessionTimes.DEFAULT,
        UnaryOperator.identity());
  }

  /** The same inside a process that holds everything. */
  public TopologyConfig embedded(StoreConfig.Kind kind) {
    return new TopologyConfig(
        applicationId,
        kafka,
        store.alone(kind),
        1,
        commitInterval,
        exactlyOnce,
        true,
        limits,
        taskLimits,
        times,
        renderedMessages);
  }

  /** The same with so many threads. */
  public TopologyConfig withStreamThreads(int threads) {
    return new TopologyConfig(
        applicationId,
        kafka,
        store,
        threads,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        renderedMessages);
  }

  /** The same with {@code exactly_once_v2}. */
  public TopologyConfig withExactlyOnce() {
    return new TopologyConfig(
        applicationId,
        kafka,
        store,
        streamThreads,
        commitInterval,
        true,
        embedded,
        limits,
        taskLimits,
        times,
        renderedMessages);
  }

  /** The same with other bounds on what a client may type. */
  public TopologyConfig limiting(TypingLimits otherLimits) {
    return new TopologyConfig(
        applicationId,
        kafka,
        store,
        streamThreads,
        commitInterval,
        exactlyOnce,
        embedded,
        otherLimits,
        taskLimits,
        times,
        renderedMessages);
  }

  /** The same with sessions that are kept otherwise. */
  public TopologyConfig storing(UnaryOperator<StoreConfig> change) {
    return new TopologyConfig(
        applicationId,
        kafka,
        change.apply(store),
        streamThreads,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        renderedMessages);
  }

  /** The same with messages that are changed before a task leaves. */
  public TopologyConfig rendering(UnaryOperator<List<Message>> change) {
    return new TopologyConfig(
        applicationId,
        kafka,
        store,
        streamThreads,
        commitInterval,
        exactlyOnce,
        embedded,
        limits,
        taskLimits,
        times,
        change);
  }

  private static void check(boolean holds, String message) {
    if (!holds) throw new IllegalArgumentException(message);
  }
}
