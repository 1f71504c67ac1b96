package io.livemind.schemas;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Started;

/**
 * What a reader of {@code answers} shows of one turn. Gateway, clients, replay and tests all fold
 * with this class, so that they show the same.
 *
 * <p>Rules: shown is the first execution of the highest attempt; a delta that came before is passed
 * over; only a terminal event ends the turn, and one that names another text than the shown one
 * replaces it. What comes after the end changes nothing.
 *
 * <p>Threading: one thread at a time; pure otherwise (no clock, no network).
 */
public final class AnswerFold {

  /** What an event did to the shown answer. */
  public sealed interface Change {}

  /** Nothing that the reader must show. */
  public record Unchanged() implements Change {}

  /** The text grew by this. */
  public record Appended(String text) implements Change {}

  /** The text is now this one, whatever was shown before: a later attempt, or the end corrects. */
  public record Replaced(String text) implements Change {}

  /** The turn has ended; {@link #text()} is its final text. */
  public record Ended(End end, boolean replaced) implements Change {}

  /** How a turn ended. */
  public sealed interface End {}

  /** With a whole answer. */
  public record Complete(Completed event) implements End {}

  /** Without an answer, for a reason with a code. */
  public record Failure(Failed event) implements End {}

  /** Because the client wanted it. */
  public record Interrupted(Cancelled event) implements End {}

  private static final Unchanged UNCHANGED = new Unchanged();

  private final StringBuilder text = new StringBuilder();
  private int attempt;
  private String execution = "";
  private int nextDelta;
  private boolean ended;

  /** The answer as it is shown now. */
  public String text() {
    return text.toString();
  }

  /** Whether the turn has ended. */
  public boolean ended() {
    return ended;
  }

  /** Takes the next event of the turn, in the order of the partition. */
  public Change apply(AnswerEvent event) {
    if (ended) return UNCHANGED;
    return switch (event.getEvent()) {
      case Started started -> show(started.getAttempt(), started.getExecution());
      case Delta delta -> append(delta);
      case Completed completed -> end(new Complete(completed), completed.getText());
      case Failed failed -> end(new Failure(failed), text.toString());
      case Cancelled cancelled -> end(new Interrupted(cancelled), cancelled.getText());
      default -> UNCHANGED;
    };
  }

  private Change show(int newAttempt, String newExecution) {
    boolean firstOfHigher = newAttempt > attempt;
    if (!firstOfHigher) return UNCHANGED;
    attempt = newAttempt;
    execution = newExecution;
    nextDelta = 0;
    if (text.isEmpty()) return UNCHANGED;
    text.setLength(0);
    return new Replaced("");
  }

  private Change append(Delta delta) {
    Change shown = show(delta.getAttempt(), delta.getExecution());
    boolean expected =
        delta.getAttempt() == attempt
            && delta.getExecution().equals(execution)
            && delta.getIndex() == nextDelta;
    if (!expected) return shown;
    nextDelta++;
    text.append(delta.getText());
    return shown instanceof Replaced
        ? new Replaced(delta.getText())
        : new Appended(delta.getText());
  }

  private Change end(End end, String finalText) {
    ended = true;
    boolean replaced = !finalText.contentEquals(text);
    if (replaced) {
      text.setLength(0);
      text.append(finalText);
    }
    return new Ended(end, replaced);
  }
}
