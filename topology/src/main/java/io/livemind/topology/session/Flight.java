package io.livemind.topology.session;

import java.util.Optional;

/**
 * A task on its way: dispatched, and perhaps claimed.
 *
 * @param taskId function of session, turn, revision and step
 * @param answer whether somebody is waiting for it; otherwise it is background thinking
 * @param step which call of the turn it is, from 0
 * @param attempt which dispatch of the task it is, from 1
 * @param revision of the prompt when it was dispatched
 * @param segments segments that the call reads
 * @param inputHash hash of the text and the memory that the call rests on
 * @param dispatchedAtMillis when this attempt was dispatched
 * @param execution the execution that was let to run; empty before the first claim
 */
public record Flight(
    String taskId,
    boolean answer,
    int step,
    int attempt,
    int revision,
    int segments,
    long inputHash,
    long dispatchedAtMillis,
    Optional<Execution> execution) {

  boolean is(String otherTaskId, int otherAttempt) {
    return taskId.equals(otherTaskId) && attempt == otherAttempt;
  }

  boolean runs(String executionId) {
    return execution.filter(running -> running.id().equals(executionId)).isPresent();
  }

  Flight claimedBy(Execution claimed) {
    return new Flight(
        taskId,
        answer,
        step,
        attempt,
        revision,
        segments,
        inputHash,
        dispatchedAtMillis,
        Optional.of(claimed));
  }

  Flight nextAttempt(long nowMillis) {
    return new Flight(
        taskId,
        answer,
        step,
        attempt + 1,
        revision,
        segments,
        inputHash,
        nowMillis,
        Optional.empty());
  }
}
