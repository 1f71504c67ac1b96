package io.livemind.client;

import io.livemind.client.SessionEvent.Cancelled;
import io.livemind.client.SessionEvent.Completed;
import io.livemind.client.SessionEvent.Delta;
import io.livemind.client.SessionEvent.Failed;
import io.livemind.client.SessionEvent.OfTurn;
import io.livemind.client.SessionEvent.Started;
import java.util.Optional;

/**
 * The text of one turn's answer, from its events in order: the first execution of the highest
 * attempt, and of its pieces each once. What ends the turn replaces what was shown.
 *
 * <p>Threading: one thread at a time.
 */
public final class AnswerText {
  private final StringBuilder text = new StringBuilder();
  private int attempt;
  private String execution = "";
  private int next;
  private Optional<TurnEnd> end = Optional.empty();

  /** Takes the next event of the turn; returns whether the text or the end changed. */
  public boolean apply(OfTurn event) {
    if (end.isPresent()) return false;
    return switch (event) {
      case Started started -> show(started.attempt(), started.execution());
      case Delta delta -> append(delta);
      case Completed completed -> end(completed.text(), new TurnEnd.Answered(completed.text()));
      case Failed failed ->
          end(text.toString(), new TurnEnd.Failed(failed.code(), failed.message()));
      case Cancelled cancelled -> end(cancelled.text(), new TurnEnd.Stopped(cancelled.text()));
      default -> false;
    };
  }

  /** As it is to be shown now. */
  public String text() {
    return text.toString();
  }

  /** How the turn ended, if it has. */
  public Optional<TurnEnd> end() {
    return end;
  }

  private boolean show(int newAttempt, String newExecution) {
    if (newAttempt <= attempt) return false;
    attempt = newAttempt;
    execution = newExecution;
    next = 0;
    boolean shown = !text.isEmpty();
    text.setLength(0);
    return shown;
  }

  private boolean append(Delta delta) {
    boolean replaced = show(delta.attempt(), delta.execution());
    if (delta.attempt() != attempt || !delta.execution().equals(execution) || delta.index() != next)
      return replaced;
    next += delta.count();
    text.append(delta.text());
    return true;
  }

  private boolean end(String last, TurnEnd how) {
    text.setLength(0);
    text.append(last);
    end = Optional.of(how);
    return true;
  }
}
