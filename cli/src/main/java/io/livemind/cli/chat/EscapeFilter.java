package io.livemind.cli.chat;

/**
 * What a model wrote, made harmless for a terminal: no cursor movement, colour, title, clipboard or
 * direction of writing comes through, however the text is cut into pieces. Line ends and tabs stay.
 *
 * <p>A string of a terminal (a title, for example) ends at its end mark or with the line, so that
 * one that never ends hides one line and not the answer.
 *
 * <p>Threading: one thread.
 */
final class EscapeFilter {
  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char STRING_END = '\u009c';
  private static final char CONTROL_SEQUENCE = '\u009b';

  /** Begin strings: DCS, SOS, OSC, PM, APC; as one character, and behind an escape. */
  private static final String STRINGS = "\u0090\u0098\u009d\u009e\u009f";

  private static final String ESCAPED_STRINGS = "PX]^_";

  private enum State {
    TEXT,
    ESCAPED,
    SEQUENCE,
    STRING,
    ESCAPED_IN_STRING
  }

  private State state = State.TEXT;

  /** The harmless part of the next piece. */
  String filter(String piece) {
    var harmless = new StringBuilder(piece.length());
    for (int i = 0; i < piece.length(); i++) {
      char unit = piece.charAt(i);
      boolean text = state == State.TEXT;
      state = next(unit);
      if (unit == '\n' && state == State.TEXT) harmless.append(unit);
      else if (text && state == State.TEXT && isShown(unit)) harmless.append(unit);
    }
    return harmless.toString();
  }

  /** A whole text on one line. */
  static String oneLine(String text) {
    return new EscapeFilter().filter(text).replaceAll("\\s+", " ").strip();
  }

  private State next(char unit) {
    return switch (state) {
      case TEXT -> begin(unit);
      case ESCAPED -> {
        if (unit == '[') yield State.SEQUENCE;
        if (ESCAPED_STRINGS.indexOf(unit) >= 0) yield State.STRING;
        yield unit >= ' ' && unit <= '/' ? State.ESCAPED : unit == ESCAPE ? state : State.TEXT;
      }
      case SEQUENCE -> {
        if (unit == ESCAPE) yield State.ESCAPED;
        yield (unit >= '@' && unit <= '~') || unit == '\n' ? State.TEXT : State.SEQUENCE;
      }
      case STRING -> {
        if (unit == ESCAPE) yield State.ESCAPED_IN_STRING;
        yield unit == BELL || unit == STRING_END || unit == '\n' ? State.TEXT : State.STRING;
      }
      case ESCAPED_IN_STRING -> unit == '\\' || unit == '\n' ? State.TEXT : State.STRING;
    };
  }

  private static State begin(char unit) {
    if (unit == ESCAPE) return State.ESCAPED;
    if (unit == CONTROL_SEQUENCE) return State.SEQUENCE;
    return STRINGS.indexOf(unit) >= 0 ? State.STRING : State.TEXT;
  }

  private static boolean isShown(char unit) {
    if (unit == '\t') return true;
    return switch (Character.getType(unit)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      // Joiners belong to scripts and emoji; the rest turns the direction or hides text.
      case Character.FORMAT -> unit == '\u200c' || unit == '\u200d';
      default -> true;
    };
  }
}
