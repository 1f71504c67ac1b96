package io.livemind.gateway.answers;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is still kept of the topic {@code answers}.
 *
 * <p>Threading: one thread at a time, which closes it too; {@link #wake} from any.
 */
public interface AnswerHistory extends AutoCloseable {

  /**
   * What a partition holds.
   *
   * @param earliest offset of the first record that is kept
   * @param end offset behind the last one
   */
  record Extent(long earliest, long end) {}

  Extent extent(int partition);

  /**
   * Offset of the first record that was written at this time or later; the end if there is none.
   */
  long offsetAt(int partition, long atMillis);

  /**
   * Reads the next piece of [from, to), in order, within a second or so.
   *
   * @param wanted sessions whose records are decoded; there are many others
   * @return the offset to go on from; {@code from} if nothing came in time
   */
  long read(
      int partition, long from, long to, Predicate<String> wanted, Consumer<AnswerRecord> reader);

  /** Ends what waits for the log, now or the next time, with an exception; from any thread. */
  void wake();

  @Override
  void close();
}
