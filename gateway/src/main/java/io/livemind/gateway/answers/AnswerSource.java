package io.livemind.gateway.answers;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The live end of the topic {@code answers}: of some of its partitions everything from an offset
 * on, each partition in order, each record once. It never goes back.
 *
 * <p>Threading: {@link #read} and {@link #poll} by one thread, {@link #close} after it has ended,
 * the others by any.
 */
public interface AnswerSource extends AutoCloseable {

  /** Id of the topic, 32 hexadecimal digits; a topic that is created again has another one. */
  String topicId();

  /** How many partitions the topic has. */
  int partitions();

  /**
   * By partition, the offset behind its last record at this moment.
   *
   * @throws IllegalStateException if the log cannot be asked
   */
  Map<Integer, Long> ends(Collection<Integer> partitions);

  /**
   * From the next poll on these partitions are read, and no other.
   *
   * @param positions by partition, where to begin; one that is read already just goes on
   */
  void read(Map<Integer, Long> positions);

  /** The next records; waits for the first one, at most this long, and then returns none. */
  List<AnswerRecord> poll(Duration longest);

  /** Ends the poll that waits, or else the next one. */
  void wake();

  @Override
  void close();
}
