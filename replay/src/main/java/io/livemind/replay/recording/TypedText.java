package io.livemind.replay.recording;

import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;

/**
 * The prompt of a turn while its typing events are applied, one after the other.
 *
 * <p>Threading: one thread at a time.
 */
public final class TypedText {
  private final StringBuilder text = new StringBuilder();
  private double lastSeconds;
  private boolean submitted;

  /**
   * Applies the next event.
   *
   * @throws IllegalArgumentException if it cannot follow what came before: an earlier time, an edit
   *     outside the text or inside a surrogate pair, an empty prompt submitted, anything after the
   *     submit
   */
  public void apply(TypingEvent event) {
    if (submitted) throw new IllegalArgumentException("nothing may follow the submit of a turn");
    if (event.seconds() < lastSeconds)
      throw new IllegalArgumentException(
          "time must not go back: " + event.seconds() + " s after " + lastSeconds + " s");
    switch (event) {
      case Typed typed -> text.append(typed.text());
      case Edited edited -> edit(edited);
      case Bounded ignored -> {}
      case Submitted ignored -> submit();
    }
    lastSeconds = event.seconds();
  }

  /** The prompt as it is now. */
  public String text() {
    return text.toString();
  }

  /** Whether the turn's typing is complete. */
  public boolean submitted() {
    return submitted;
  }

  private void edit(Edited edited) {
    long end = (long) edited.position() + edited.deletedLength();
    if (end > text.length())
      throw new IllegalArgumentException(
          "edit ends at " + end + ", outside the prompt of " + text.length() + " units");
    if (splitsPair(edited.position()) || splitsPair((int) end))
      throw new IllegalArgumentException("edit cuts a surrogate pair");
    text.replace(edited.position(), (int) end, edited.text());
  }

  private boolean splitsPair(int position) {
    return position > 0
        && position < text.length()
        && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
  }

  private void submit() {
    if (text.toString().isBlank())
      throw new IllegalArgumentException("an empty prompt cannot be submitted");
    submitted = true;
  }
}
