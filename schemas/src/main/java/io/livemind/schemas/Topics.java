package io.livemind.schemas;

import io.livemind.schemas.Topic.Partitioning;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/**
 * Every topic of a deployment, in the order of the data. No topic name is a literal anywhere else.
 *
 * <p>Text leaves the log by time: whatever holds text is kept for one hour, in segments of ten
 * minutes.
 */
public final class Topics {
  /** Schemas of what the topics carry. */
  public static final ReleasedSchemas SCHEMAS = new ReleasedSchemas(Topics.class, List.of("1"));

  /** The prefix of a deployment that names none. */
  public static final String DEFAULT_PREFIX = "livemind.";

  /** For so long the log keeps whatever holds text. */
  public static final Duration RETENTION = Duration.ofHours(1);

  private static final String RETENTION_MILLIS = Long.toString(RETENTION.toMillis());

  private static final Map<String, String> SHORT_LIVED =
      Map.of("cleanup.policy", "delete", "retention.ms", RETENTION_MILLIS, "segment.ms", "600000");

  /**
   * Tasks, and snapshots of a session, repeat prompt and memory: the largest records. Not
   * compressed by the broker: each comes alone, and two buffers a record cost more than they save;
   * long tasks are compressed where they are written.
   */
  private static final Map<String, String> SHORT_LIVED_AND_LARGE =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", RETENTION_MILLIS,
          "segment.ms", "600000",
          "max.message.bytes", "4194304");

  /** Long enough for a budget per day, whatever the time zone. */
  private static final Map<String, String> LATEST_OF_TWO_DAYS =
      Map.of(
          "cleanup.policy", "compact,delete", "retention.ms", "172800000", "segment.ms", "3600000");

  private final String prefix;
  private final Topic<String, Fragment> fragments;
  private final Topic<String, Task> inferenceTasks;
  private final Topic<String, Task> answerTasks;
  private final Topic<String, Result> inferenceResults;
  private final Topic<String, Control> workerControl;
  private final Topic<String, AnswerEvent> answers;
  private final Topic<String, Usage> usage;
  private final Topic<byte[], DeadLetter> deadLetters;

  /**
   * The topics under a prefix.
   *
   * @param prefix put before each name, so that deployments can share a cluster
   */
  public Topics(String prefix) {
    this.prefix = prefix;
    fragments = keyed(prefix + "fragments", Fragment.class, Partitioning.SESSIONS, SHORT_LIVED);
    inferenceTasks = tasks(prefix + "inference-tasks");
    answerTasks = tasks(prefix + "answer-tasks");
    inferenceResults =
        keyed(prefix + "inference-results", Result.class, Partitioning.SESSIONS, SHORT_LIVED);
    workerControl =
        keyed(prefix + "worker-control", Control.class, Partitioning.ADDRESSED, SHORT_LIVED);
    answers =
        keyed(prefix + "answers", AnswerEvent.class, Partitioning.ADDRESSED, SHORT_LIVED_AND_LARGE);
    usage = keyed(prefix + "usage", Usage.class, Partitioning.SINGLE, LATEST_OF_TWO_DAYS);
    deadLetters =
        new Topic<>(
            prefix + "dead-letters",
            Serdes.ByteArray(),
            SCHEMAS.serde(DeadLetter.class),
            Partitioning.SINGLE,
            SHORT_LIVED_AND_LARGE);
  }

  private static <V extends SpecificRecord> Topic<String, V> keyed(
      String name, Class<V> type, Partitioning partitioning, Map<String, String> config) {
    return new Topic<>(name, Serdes.String(), SCHEMAS.serde(type), partitioning, config);
  }

  private static Topic<String, Task> tasks(String name) {
    var serde = new CompressedSerde<>(SCHEMAS.serde(Task.class));
    return new Topic<>(name, Serdes.String(), serde, Partitioning.TASKS, SHORT_LIVED_AND_LARGE);
  }

  /** Put before each name. */
  public String prefix() {
    return prefix;
  }

  /** Prompt edits; gateway and replay → topology. */
  public Topic<String, Fragment> fragments() {
    return fragments;
  }

  /** Background thinking, may be shed; topology → workers. */
  public Topic<String, Task> inferenceTasks() {
    return inferenceTasks;
  }

  /** Somebody is waiting, never shed; topology → workers. */
  public Topic<String, Task> answerTasks() {
    return answerTasks;
  }

  /** Claims, heartbeats and outcomes of both kinds of task; workers → topology. */
  public Topic<String, Result> inferenceResults() {
    return inferenceResults;
  }

  /** Grant, cancel, release; topology → the worker that claimed the task. */
  public Topic<String, Control> workerControl() {
    return workerControl;
  }

  /** What a client sees; topology and workers → gateway, clients, replay. */
  public Topic<String, AnswerEvent> answers() {
    return answers;
  }

  /** What sessions have spent, by owner and session; topology → gateways. */
  public Topic<String, Usage> usage() {
    return usage;
  }

  /** What could not be read or processed; topology, workers → operators. */
  public Topic<byte[], DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** All of them, in the order of the data. */
  public List<Topic<?, ?>> inOrder() {
    return List.of(
        fragments,
        inferenceTasks,
        answerTasks,
        inferenceResults,
        workerControl,
        answers,
        usage,
        deadLetters);
  }

  /** The partition of a session in the co-partitioned topics: Kafka's default partitioner. */
  public static int partitionOf(String session, int partitions) {
    byte[] key = session.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
