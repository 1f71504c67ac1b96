package io.livemind.topology.segmentation;

/**
 * The text that one cut is decided on, and the guard of the promise that a cut is never taken back.
 *
 * <p>Rules read only through {@link #at}. A rule that asks for a character behind the known text
 * gets {@link #END}, and the window remembers it. What was decided without asking behind the known
 * text is a function of known characters alone, so nothing that is typed later can change it; what
 * was decided with such a question waits ({@link Beyond#UNKNOWN}), or counts as no boundary ({@link
 * Beyond#CUT_OFF}), or is right ({@link Beyond#NOTHING}).
 */
final class Window {

  /** What lies behind the known text. */
  enum Beyond {
    /** More may be typed. */
    UNKNOWN,
    /** More text that this cut may not reach: the segment would be longer than allowed. */
    CUT_OFF,
    /** Nothing: the text ends there. */
    NOTHING
  }

  /** The character behind the last one. */
  static final int END = -1;

  private final String text;
  private final int start;
  private final int limit;
  private final Beyond beyond;
  private boolean askedBeyond;

  /** The units from start to limit of this text. */
  Window(String text, int start, int limit, Beyond beyond) {
    this.text = text;
    this.start = start;
    this.limit = limit;
    this.beyond = beyond;
  }

  /** Where the segment begins. */
  int start() {
    return start;
  }

  /** Behind the last known unit. */
  int limit() {
    return limit;
  }

  Beyond beyond() {
    return beyond;
  }

  /** The code point at this unit, or {@link #END} behind the known text and before the start. */
  int at(int index) {
    if (index < start) return END;
    if (index >= limit) return end();
    char unit = text.charAt(index);
    if (!Character.isHighSurrogate(unit)) return unit;
    if (index + 1 >= limit) return beyond == Beyond.NOTHING ? unit : end();
    char next = text.charAt(index + 1);
    return Character.isLowSurrogate(next) ? Character.toCodePoint(unit, next) : unit;
  }

  /** The code point that ends before this unit, or {@link #END} at the start. */
  int before(int index) {
    if (index <= start) return END;
    char unit = text.charAt(index - 1);
    boolean pair =
        Character.isLowSurrogate(unit)
            && index - 2 >= start
            && Character.isHighSurrogate(text.charAt(index - 2));
    return pair ? Character.toCodePoint(text.charAt(index - 2), unit) : unit;
  }

  /** The unit behind the code point at this unit. */
  int next(int index) {
    return index + Character.charCount(Math.max(at(index), 0));
  }

  /** Known text only. */
  String slice(int from, int to) {
    return text.substring(from, to);
  }

  /** Whether something was asked that the known text cannot tell. */
  boolean isUnsure() {
    return askedBeyond && beyond != Beyond.NOTHING;
  }

  /** Forgets what was asked so far: a new question begins. */
  void ask() {
    askedBeyond = false;
  }

  private int end() {
    askedBeyond = true;
    return END;
  }
}
