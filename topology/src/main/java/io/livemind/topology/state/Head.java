package io.livemind.topology.state;

import io.livemind.topology.session.SessionState;
import io.livemind.topology.typing.TypedPrompt;

/**
 * Everything small that is known of a session; the rest lies in its segments, inferences and turns.
 *
 * @param answersPartition where the session's answers go
 * @param ownerDigest digest of the user, or empty
 * @param prompt the prompt as it is typed
 * @param state what the session machine knows
 * @param changedAtMillis when the head last changed
 */
public record Head(
    int answersPartition,
    String ownerDigest,
    TypedPrompt prompt,
    SessionState state,
    long changedAtMillis) {

  /** The head with its answers going to another partition: its reader has moved. */
  public Head answeredAt(int partition) {
    return partition == answersPartition
        ? this
        : new Head(partition, ownerDigest, prompt, state, changedAtMillis);
  }

  /** The head after a step of either stage. */
  public Head with(TypedPrompt newPrompt, SessionState newState, long nowMillis) {
    return new Head(answersPartition, ownerDigest, newPrompt, newState, nowMillis);
  }
}
