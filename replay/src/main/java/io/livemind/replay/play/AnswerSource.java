package io.livemind.replay.play;

import io.livemind.schemas.avro.AnswerEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Where answer events come from: everything that is written from its creation on. */
public interface AnswerSource extends AutoCloseable {

  /** One event of a session. */
  record Answer(String session, AnswerEvent event) {}

  /** How many partitions a session can be told to be answered on; at least 1. */
  int partitions();

  /**
   * The next events, each session's in order; waits for the first one.
   *
   * @param longest that it waits; then the list is empty
   * @param wanted sessions whose events are returned
   */
  List<Answer> poll(Duration longest, Predicate<String> wanted);

  @Override
  void close();
}
