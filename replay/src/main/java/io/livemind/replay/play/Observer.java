package io.livemind.replay.play;

import io.livemind.schemas.AnswerFold;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.SegmentClosed;

/**
 * Sees a replay as it happens, for a live view.
 *
 * <p>Threading: all calls come from the thread that plays. They must return at once and must not
 * throw: typing waits for them, and lateness shows it.
 */
public interface Observer {

  /** Sees nothing. */
  Observer NONE = new Observer() {};

  /** The session has been opened. */
  default void started(Play play) {}

  /** The prompt of the turn is now this. */
  default void typed(Play play, int turn, String prompt) {}

  /** The prompt of the turn is complete. */
  default void submitted(Play play, int turn) {}

  /** The pipeline has closed a segment of the prompt. */
  default void segmentClosed(Play play, int turn, SegmentClosed segment) {}

  /** The inference model has replied. */
  default void inferred(Play play, int turn, Inferred inferred) {}

  /** The shown answer has grown or was replaced. */
  default void answerChanged(Play play, int turn, AnswerFold.Change change) {}

  /** The turn has ended, with an answer or without. */
  default void turnEnded(Play play, TurnResult result) {}

  /** The session is over, well or not. */
  default void sessionEnded(Play play, SessionResult result) {}
}
