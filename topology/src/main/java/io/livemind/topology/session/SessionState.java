package io.livemind.topology.session;

import io.livemind.topology.session.TurnProgress.Remembered;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a session beside its prompt.
 *
 * @param turn the turn that is thought about or answered; the typed one may be the next
 * @param phase what the session does
 * @param submission the turn's prompt, once it is complete
 * @param following the next turn's prompt, when it was submitted before this turn ended
 * @param progress how far the turn's thinking has come
 * @param draft the turn's latest draft answer
 * @param spending what the session has spent
 */
public record SessionState(
    int turn,
    Phase phase,
    Optional<Submission> submission,
    Optional<Submission> following,
    TurnProgress progress,
    Optional<Draft> draft,
    Spending spending) {

  /** A session that was just opened. */
  public static SessionState opened() {
    return ofTurn(0, Optional.empty(), Spending.NONE);
  }

  static SessionState ofTurn(int turn, Optional<Submission> submission, Spending spending) {
    return new SessionState(
        turn,
        new Phase.Composing(),
        submission,
        Optional.empty(),
        TurnProgress.NONE,
        Optional.empty(),
        spending);
  }

  /** The inferences that stand, in order. */
  public List<Remembered> memory() {
    return progress.memory();
  }

  /** The answer of the turn that waits for the prompt to be submitted. */
  Optional<Draft.Answer> heldAnswer() {
    return draft.flatMap(Draft::answer);
  }

  /** The next turn, with what of it is known already. */
  SessionState nextTurn() {
    return ofTurn(turn + 1, following, spending.turnEnded());
  }

  SessionState in(Phase next) {
    return new SessionState(turn, next, submission, following, progress, draft, spending);
  }

  SessionState submitted(Submission complete) {
    return new SessionState(
        turn, phase, Optional.of(complete), following, progress, draft, spending);
  }

  SessionState followedBy(Submission next) {
    return new SessionState(turn, phase, submission, Optional.of(next), progress, draft, spending);
  }

  SessionState with(TurnProgress changed) {
    return new SessionState(turn, phase, submission, following, changed, draft, spending);
  }

  SessionState with(Draft changed) {
    return new SessionState(
        turn, phase, submission, following, progress, Optional.of(changed), spending);
  }

  /** The same when it has spent so much. */
  public SessionState with(Spending changed) {
    return new SessionState(turn, phase, submission, following, progress, draft, changed);
  }
}
