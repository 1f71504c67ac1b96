package io.livemind.topology.session;

import java.util.Optional;

/**
 * A task on its way: dispatched, and perhaps claimed.
 *
 * @param taskId function of session, turn, revision and step
 * @param purpose what the call is for
 * @param step which call of the turn it is, from 0
 * @param attempt which dispatch of the task it is, from 1
 * @param revision of the prompt when it was dispatched
 * @param segments segments that the call reads; of {@link Purpose#HISTORY} the first turn that it
 *     leaves alone
 * @param inputHash hash of the text and the memory that the call rests on
 * @param dispatchedAtMillis when this attempt was dispatched
 * @param execution the execution that was let to run; empty before the first claim
 */
public record Flight(
    String taskId,
    Purpose purpose,
    int step,
    int attempt,
    int revision,
    int segments,
    long inputHash,
    long dispatchedAtMillis,
    Optional<Execution> execution) {

  /** What a call is for. */
  public enum Purpose {
    /** To think about new segments. */
    INFERENCE,
    /** To put the memory of the turn in short. */
    SUMMARY,
    /** To put the oldest turns in short. */
    HISTORY,
    /** To answer a prompt that looks complete, in case it is. */
    DRAFT,
    /** To answer the prompt. */
    ANSWER;

    /** Whether the output model is asked, and not the inference model. */
    public boolean answers() {
      return this == DRAFT || this == ANSWER;
    }
  }

  boolean is(String otherTaskId, int otherAttempt) {
    return taskId.equals(otherTaskId) && attempt == otherAttempt;
  }

  boolean runs(String executionId) {
    return execution.filter(running -> running.id().equals(executionId)).isPresent();
  }

  Flight claimedBy(Execution claimed) {
    return new Flight(
        taskId,
        purpose,
        step,
        attempt,
        revision,
        segments,
        inputHash,
        dispatchedAtMillis,
        Optional.of(claimed));
  }

  /** The same task once more; a draft that was lost after its release is asked for as an answer. */
  Flight nextAttempt(long nowMillis) {
    return new Flight(
        taskId,
        purpose.answers() ? Purpose.ANSWER : purpose,
        step,
        attempt + 1,
        revision,
        segments,
        inputHash,
        nowMillis,
        Optional.empty());
  }

  /** The draft as the answer of a submitted prompt; its worker goes on. */
  Flight released(Submission submission) {
    return new Flight(
        taskId,
        purpose,
        step,
        attempt,
        submission.revision(),
        submission.segments(),
        inputHash,
        dispatchedAtMillis,
        execution);
  }
}
