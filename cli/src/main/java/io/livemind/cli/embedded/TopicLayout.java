package io.livemind.cli.embedded;

import io.livemind.schemas.Topic.Partitioning;
import java.util.Optional;

/**
 * How many partitions the topics of a deployment have.
 *
 * @param sessions of {@code fragments} and {@code inference-results}; fixed for the life of a
 *     prefix
 * @param tasks of the task topics; {@value #TASKS} in a deployment, see there
 * @param addressed of {@code answers} and {@code worker-control}
 * @param replicationFactor of all of them
 */
public record TopicLayout(int sessions, int tasks, int addressed, short replicationFactor) {
  /**
   * A share group gives each of its members one partition or so, chosen by chance, and work is
   * stolen within a partition only: with two, the members that have free places may all be at the
   * one while a task waits in the other for members that have none.
   */
  public static final int TASKS = 1;

  /** For the broker in this JVM. */
  public static final TopicLayout EMBEDDED = new TopicLayout(2, TASKS, 2, (short) 1);

  private static final int MOST_PARTITIONS = 1_000;

  public TopicLayout {
    checkPartitions("sessions", sessions);
    checkPartitions("tasks", tasks);
    checkPartitions("addressed", addressed);
    if (replicationFactor < 1)
      throw new IllegalArgumentException(
          "topics.replication-factor must be at least 1, but is "
              + replicationFactor
              + ": 3 survives the loss of a broker, 1 is for trying out");
  }

  /** The partitions of the topics of this kind. */
  public int partitions(Partitioning partitioning) {
    return switch (partitioning) {
      case SESSIONS -> sessions;
      case TASKS -> tasks;
      case ADDRESSED -> addressed;
      case SINGLE -> 1;
    };
  }

  /** The key of the number of partitions of these topics, if one sets it. */
  public static Optional<String> key(Partitioning partitioning) {
    return switch (partitioning) {
      case SESSIONS -> Optional.of("topics.partitions.sessions");
      case ADDRESSED -> Optional.of("topics.partitions.addressed");
      case TASKS, SINGLE -> Optional.empty();
    };
  }

  private static void checkPartitions(String key, int partitions) {
    if (partitions < 1 || partitions > MOST_PARTITIONS)
      throw new IllegalArgumentException(
          "topics.partitions."
              + key
              + " must lie between 1 and "
              + MOST_PARTITIONS
              + ", but is "
              + partitions
              + ": take as many as instances may ever share the work");
  }
}
