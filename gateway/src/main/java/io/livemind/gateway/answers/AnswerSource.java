package io.livemind.gateway.answers;

import java.time.Duration;
import java.util.List;

/**
 * The live end of the topic {@code answers}: everything that is written from its creation on, each
 * partition in order, each record once. It never goes back.
 *
 * <p>Threading: {@link #poll} by one thread, {@link #close} after it has ended.
 */
public interface AnswerSource extends AutoCloseable {

  /** Id of the topic, 32 hexadecimal digits; a topic that is created again has another one. */
  String topicId();

  /** By partition, the offset of the first record that {@link #poll} will return. */
  List<Long> positions();

  /** The next records; waits for the first one, at most this long, and then returns none. */
  List<AnswerRecord> poll(Duration longest);

  @Override
  void close();
}
