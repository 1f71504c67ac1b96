package io.livemind.topology.state;

import io.livemind.topology.session.Phase;
import io.livemind.topology.session.SessionState;
import io.livemind.topology.session.Spending;
import io.livemind.topology.typing.TypedPrompt;

/**
 * Everything small that is known of a session; the rest lies in its segments, inferences and turns.
 *
 * @param answersPartition where the session's answers go
 * @param ownerDigest digest of the user, or empty
 * @param optionsDigest {@link OptionsDigest} of the options that it was opened with; {@link
 *     #UNKNOWN_OPTIONS}: an earlier build opened it
 * @param prompt the prompt as it is typed
 * @param state what the session machine knows
 * @param changedAtMillis when the head last changed
 * @param movingTo the answers partition to which the session goes when no answer streams; {@link
 *     #STAYS}: none
 */
public record Head(
    int answersPartition,
    String ownerDigest,
    long optionsDigest,
    TypedPrompt prompt,
    SessionState state,
    long changedAtMillis,
    int movingTo) {

  /** The session goes nowhere. */
  public static final int STAYS = -1;

  /** What is never looked for among known options. */
  public static final long UNKNOWN_OPTIONS = 0;

  /** The head of a session that was just opened. */
  public static Head opened(
      int answersPartition,
      String ownerDigest,
      long optionsDigest,
      TypedPrompt prompt,
      long nowMillis) {
    return new Head(
        answersPartition,
        ownerDigest,
        optionsDigest,
        prompt,
        SessionState.opened(),
        nowMillis,
        STAYS);
  }

  /** The head of a session that goes to this partition as soon as it can. */
  public Head moving(int partition) {
    int target = partition == answersPartition ? STAYS : partition;
    return new Head(
        answersPartition, ownerDigest, optionsDigest, prompt, state, changedAtMillis, target);
  }

  /**
   * Whether the session can go now: a worker goes on streaming where it began, and a draft that is
   * made may be released to do so. Nobody types meanwhile, or the draft is dropped.
   */
  public boolean canMove() {
    boolean streams =
        switch (state.phase()) {
          case Phase.Drafting _, Phase.Answering _, Phase.Retrying _, Phase.Stopping _ -> true;
          case Phase.Composing _, Phase.Thinking _, Phase.AwaitingInference _ -> false;
        };
    return movingTo != STAYS && !streams;
  }

  /** The head of a session that went where it was going. */
  public Head moved() {
    return new Head(movingTo, ownerDigest, optionsDigest, prompt, state, changedAtMillis, STAYS);
  }

  /** What is still known of a deleted session: who pays for it, and what it spent. */
  public Head withoutContent(long nowMillis) {
    return opened(
            answersPartition,
            ownerDigest,
            optionsDigest,
            TypedPrompt.opened(0, 0, nowMillis),
            nowMillis)
        .with(state.spending());
  }

  /** The head of a session that spent so much. */
  public Head with(Spending spending) {
    return with(prompt, state.with(spending), changedAtMillis);
  }

  /** The head after a step of either stage. */
  public Head with(TypedPrompt newPrompt, SessionState newState, long nowMillis) {
    return new Head(
        answersPartition, ownerDigest, optionsDigest, newPrompt, newState, nowMillis, movingTo);
  }
}
