package io.livemind.client;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The smallest change that makes one text of another; it begins and ends outside of surrogate
 * pairs.
 *
 * @param position in UTF-16 units
 * @param deletedLength UTF-16 units that go
 * @param text that takes their place
 */
record Edit(int position, int deletedLength, String text) {
  /** Goes to the end of every text. */
  static final int TO_THE_END = Integer.MAX_VALUE;

  private static final Pattern WORD_END = Pattern.compile(".*\\s", Pattern.DOTALL);
  private static final Pattern UNSPACED =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}"
              + "\\p{IsMyanmar}]");
  private static final int UNSPACED_WORD = 4;

  /** Empty if the texts are equal. */
  static Optional<Edit> between(String before, String after) {
    if (before.equals(after)) return Optional.empty();
    int shorter = Math.min(before.length(), after.length());
    int start = 0;
    while (start < shorter && before.charAt(start) == after.charAt(start)) start++;
    if (start > 0 && Character.isHighSurrogate(before.charAt(start - 1))) start--;
    int tail = 0;
    while (tail < shorter - start
        && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail))
      tail++;
    if (tail > 0 && Character.isLowSurrogate(before.charAt(before.length() - tail))) tail--;
    return Optional.of(
        new Edit(
            start, before.length() - tail - start, after.substring(start, after.length() - tail)));
  }

  /** Whether it only adds text behind this one. */
  boolean appends(String before) {
    return position == before.length() && deletedLength == 0;
  }

  /**
   * Whether text that grew by this ends a word: white space, or four characters of a script that
   * has none.
   */
  static boolean endsWord(String added) {
    return WORD_END.matcher(added).matches()
        || UNSPACED.matcher(added).results().limit(UNSPACED_WORD).count() == UNSPACED_WORD;
  }

  /** Halves of surrogate pairs, which nobody can send, become replacement characters; NULs go. */
  static String wellFormed(String text) {
    var whole = new StringBuilder(text.length());
    text.codePoints()
        .filter(codePoint -> codePoint != 0)
        .map(codePoint -> isSurrogate(codePoint) ? 0xfffd : codePoint)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
