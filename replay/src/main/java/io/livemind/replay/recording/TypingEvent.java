package io.livemind.replay.recording;

/**
 * What a person did to the prompt at one moment of a turn. Each event becomes one fragment.
 *
 * <p>Seconds count from the turn's start, at the recorded speed. Positions and lengths are UTF-16
 * units of the prompt of this turn.
 */
public sealed interface TypingEvent {

  /** When it happened; at least 0 and finite. */
  double seconds();

  /** Text was added at the end of the prompt. */
  record Typed(double seconds, String text) implements TypingEvent {
    public Typed {
      checkTime(seconds);
      if (text.isEmpty()) throw new IllegalArgumentException("typed text must not be empty");
      checkText(text);
    }
  }

  /** Text took the place of other text; never inside a surrogate pair. */
  record Edited(double seconds, int position, int deletedLength, String text)
      implements TypingEvent {
    public Edited {
      checkTime(seconds);
      if (position < 0 || deletedLength < 0)
        throw new IllegalArgumentException(
            "position and deleted length of an edit must be 0 or more, are "
                + position
                + " and "
                + deletedLength);
      checkText(text);
    }
  }

  /** The client knows that a segment ends here. */
  record Bounded(double seconds) implements TypingEvent {
    public Bounded {
      checkTime(seconds);
    }
  }

  /** The prompt is complete. */
  record Submitted(double seconds) implements TypingEvent {
    public Submitted {
      checkTime(seconds);
    }
  }

  private static void checkTime(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0)
      throw new IllegalArgumentException("time must be 0 s or more, is " + seconds);
  }

  /** Half a character cannot be sent: UTF-8 has no form for it. */
  private static void checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) continue;
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
      if (!pair) throw new IllegalArgumentException("text must not hold half a surrogate pair");
      i++;
    }
  }
}
