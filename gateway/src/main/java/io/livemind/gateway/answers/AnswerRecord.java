package io.livemind.gateway.answers;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Moved;

/**
 * One event as it lies in the log.
 *
 * @param session its key
 * @param partition of {@code answers}
 * @param offset in the partition
 * @param event what happened
 */
public record AnswerRecord(String session, int partition, long offset, AnswerEvent event) {

  /** Whether the session was deleted: it went to no other partition. */
  boolean isDeletion() {
    return event.getEvent() instanceof Moved moved && moved.getAnswersPartition() < 0;
  }
}
