package io.livemind.workers;

import io.livemind.schemas.avro.HeldTask;
import io.livemind.schemas.avro.Task;
import io.opentelemetry.api.trace.Span;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * One start of a model call for a task.
 *
 * @param session key of the task's record
 * @param task what to do
 * @param id random: the same attempt can be started twice
 * @param span of the turn's trace; ends with the execution
 */
record Execution(String session, Task task, String id, Span span) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 12;

  /** A new execution of the task. */
  static Execution of(String session, Task task) {
    return of(session, task, Span.getInvalid());
  }

  /** The same, traced. */
  static Execution of(String session, Task task, Span span) {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return new Execution(session, task, HexFormat.of().formatHex(id), span);
  }

  /** As a heartbeat lists it. */
  HeldTask held() {
    return new HeldTask(session, task.getTaskId(), task.getAttempt(), id);
  }
}
