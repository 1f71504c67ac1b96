package io.livemind.replay.recording;

import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain text as somebody types it at a steady pace, cut where a client sends: at the white space
 * that ends a word, after four characters where words are not spaced, and at the end of the text.
 * The joined texts are exactly the text.
 */
public final class WordTyping {
  /** Characters of scripts without spaces in one fragment. */
  private static final int UNSPACED_CHARACTERS = 4;

  private final double secondsPerCharacter;

  /**
   * @param secondsPerCharacter time for one character (code point); more than 0
   */
  public WordTyping(double secondsPerCharacter) {
    if (!(secondsPerCharacter > 0) || !Double.isFinite(secondsPerCharacter))
      throw new IllegalArgumentException(
          "seconds per character must be more than 0, are " + secondsPerCharacter);
    this.secondsPerCharacter = secondsPerCharacter;
  }

  /** The time that typing a text takes, in seconds. */
  public double secondsFor(String text) {
    return text.codePointCount(0, text.length()) * secondsPerCharacter;
  }

  /**
   * The fragments of a text, each at the moment its last character is typed.
   *
   * @param startSeconds when the typing of the text begins, from the turn's start
   */
  public List<Typed> type(String text, double startSeconds) {
    var events = new ArrayList<Typed>();
    var word = new StringBuilder();
    boolean wordBegun = false;
    int unspaced = 0;
    int typed = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      typed++;
      word.appendCodePoint(character);
      boolean space = Character.isWhitespace(character);
      if (isUnspaced(character)) unspaced++;
      boolean ends = (space && wordBegun) || unspaced == UNSPACED_CHARACTERS || i == text.length();
      wordBegun |= !space;
      if (!ends) continue;
      events.add(new Typed(startSeconds + typed * secondsPerCharacter, word.toString()));
      word.setLength(0);
      wordBegun = false;
      unspaced = 0;
    }
    return events;
  }

  private static boolean isUnspaced(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
