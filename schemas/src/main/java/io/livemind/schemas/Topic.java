package io.livemind.schemas;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * One topic, typed.
 *
 * @param name with the deployment's prefix
 * @param key serde of the key
 * @param value serde of the value
 * @param partitioning which of the layout's partition counts it has
 * @param config topic configuration that the product relies on
 * @param <K> the key's type
 * @param <V> the value's type
 */
public record Topic<K, V>(
    String name,
    Serde<K> key,
    Serde<V> value,
    Partitioning partitioning,
    Map<String, String> config) {

  /** Why a topic has as many partitions as it has. */
  public enum Partitioning {
    /** Co-partitioned inputs of the topology; fixed for the life of a prefix. */
    SESSIONS,
    /**
     * Taken by a share group, whose members steal work only within the partition that each is given
     * by chance: one.
     */
    TASKS,
    /**
     * Named by the reader: an answers partition in the opening fragment, a control partition in a
     * claim.
     */
    ADDRESSED,
    /** One. */
    SINGLE
  }

  /**
   * The broker's and Streams' name of how many copies must have a record before it is confirmed.
   */
  public static final String LEAST_IN_SYNC = "min.insync.replicas";

  /**
   * How many copies must have a record before it is confirmed: a majority, so that a confirmed
   * record outlives the loss of a broker; of two copies one, so that writing does.
   *
   * @param copies the topic's replication factor
   */
  public static int leastInSync(int copies) {
    return copies < 3 ? 1 : copies / 2 + 1;
  }
}
