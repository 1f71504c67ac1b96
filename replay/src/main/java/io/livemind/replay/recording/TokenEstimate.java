package io.livemind.replay.recording;

/**
 * Roughly how many tokens a large vocabulary (100,000 and more) makes of a text: used where a
 * recording kept the text and not the count, and never where a backend reported one.
 *
 * <p>Rules of thumb: a word of Latin letters is one token for each 6 letters begun, of Cyrillic
 * ones for each 3, of other alphabets for each 2; ideographs, kana and signs are one each, digits
 * one for each 3.
 *
 * <p>Against the counts of Llama 3 for 4,468 English answers it is 9 to 14 % high in the mean of an
 * arm, and 14 % off in the mean of an answer.
 */
public final class TokenEstimate {
  private TokenEstimate() {}

  /** At least 1. */
  public static int of(String text) {
    double tokens = 0;
    int run = 0;
    int runUnit = 1;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      int unit = lettersPerToken(character);
      if (unit > 0 && (run == 0 || unit == runUnit)) {
        run++;
        runUnit = unit;
        continue;
      }
      tokens += Math.ceil((double) run / runUnit);
      run = unit > 0 ? 1 : 0;
      runUnit = Math.max(1, unit);
      if (unit == 0 && !Character.isWhitespace(character)) tokens++;
    }
    tokens += Math.ceil((double) run / runUnit);
    return Math.max(1, (int) tokens);
  }

  /** 0 for what is no part of a word. */
  private static int lettersPerToken(int character) {
    if (Character.isDigit(character)) return 3;
    if (Character.getType(character) == Character.NON_SPACING_MARK) return 2;
    if (!Character.isLetter(character)) return 0;
    return switch (Character.UnicodeScript.of(character)) {
      case LATIN -> 6;
      case CYRILLIC -> 3;
      case HAN, HIRAGANA, KATAKANA -> 1;
      default -> 2;
    };
  }
}
