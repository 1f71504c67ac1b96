package io.livemind.topology.session;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Outcome;
import io.livemind.topology.typing.PromptChange;
import java.util.List;
import java.util.Optional;

/** What can happen to a session. */
public sealed interface SessionEvent {

  /** The client typed; the prompt that the machine is shown has these changes behind it. */
  record Typed(List<PromptChange> changes) implements SessionEvent {}

  /**
   * A worker took an attempt.
   *
   * @param asksGrant whether it starts an answer, too, only when it is granted
   */
  record Claimed(String taskId, int attempt, Execution execution, boolean asksGrant)
      implements SessionEvent {}

  /**
   * A model call ended.
   *
   * @param text the whole reply, or what there was of it
   * @param failure empty: the model ended its reply by itself
   * @param retryAfterMillis when the backend wants to be asked again; 0: it did not say
   */
  record Concluded(
      int turn,
      String taskId,
      int attempt,
      String executionId,
      long inputHash,
      String text,
      Optional<FailureCode> failure,
      long retryAfterMillis,
      ModelUsage usage)
      implements SessionEvent {

    /** What a worker reported; a failure of another release is one of the model's. */
    public static Concluded of(Outcome outcome) {
      return new Concluded(
          outcome.getTurn(),
          outcome.getTaskId(),
          outcome.getAttempt(),
          outcome.getExecution(),
          outcome.getInputHash(),
          outcome.getText(),
          outcome.getFailure().map(code -> FailureCode.of(code).orElse(FailureCode.MODEL_ERROR)),
          outcome.getRetryAfterMillis().orElse(0L),
          outcome.getUsage());
    }
  }

  /** Nobody claimed the attempt, or its worker went silent. */
  record LeaseExpired(String taskId, int attempt) implements SessionEvent {}

  /** A point in time that the state named has come (see {@link SessionMachine#dueAtMillis}). */
  record TimePassed() implements SessionEvent {}

  /** The instance is new to the session: outputs of the present phase may have been lost. */
  record Restored() implements SessionEvent {}
}
