package io.livemind.topology.segmentation;

import java.lang.Character.UnicodeScript;

/** What a character means to the rules. Everything is a table or a property of Unicode. */
final class Letters {
  private static final String LINE_ENDS = "\n\r\u000B\f\u0085\u2028\u2029";
  private static final String FULL_STOPS = ".．";

  /** Stops behind which a space, a closing mark or the end must follow. */
  private static final String SPACED_STOPS = ".!?…‼⁇⁈⁉؟۔।॥;։";

  /** Stops that end a sentence without a space behind them. */
  private static final String UNSPACED_STOPS = "。！？｡．።፧፨။៕។";

  private static final String CLOSERS = "\"'”’»›)]}）］｝」』】〉》〕“‘";
  private static final String EAST_ASIAN_OPENERS = "「『《〈【（〔［｛";
  private static final String EAST_ASIAN_CLOSERS = "」』》〉】）〕］｝";
  private static final String DASHES = "-–—―";

  private Letters() {}

  /** Any white space, no-break spaces too. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  static boolean isLineEnd(int c) {
    return contains(LINE_ENDS, c);
  }

  /** Whether a sentence may end behind this character, in a text of its script. */
  static boolean isStop(int c) {
    return isSpacedStop(c) || isUnspacedStop(c);
  }

  static boolean isSpacedStop(int c) {
    return contains(SPACED_STOPS, c);
  }

  static boolean isUnspacedStop(int c) {
    return contains(UNSPACED_STOPS, c);
  }

  static boolean isFullStop(int c) {
    return contains(FULL_STOPS, c);
  }

  static boolean isCloser(int c) {
    return contains(CLOSERS, c);
  }

  static boolean opensEastAsian(int c) {
    return contains(EAST_ASIAN_OPENERS, c);
  }

  static boolean closesEastAsian(int c) {
    return contains(EAST_ASIAN_CLOSERS, c);
  }

  static boolean isDash(int c) {
    return contains(DASHES, c);
  }

  static boolean isDigit(int c) {
    return Character.isDigit(c);
  }

  static boolean isLetter(int c) {
    return c >= 0 && Character.isLetter(c);
  }

  /** Lower case; never true in a script without case. */
  static boolean isLower(int c) {
    return c >= 0 && Character.isLowerCase(c);
  }

  static boolean isUpper(int c) {
    return c >= 0 && (Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  /** A letter of a script that has upper and lower case. */
  static boolean isCased(int c) {
    return isLower(c) || isUpper(c);
  }

  /** A character of a script whose sentences are written without spaces between them. */
  static boolean isEastAsian(int c) {
    if (c < 0x2E80) return false;
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> c >= 0x3000 && c <= 0x303F || c >= 0xFF00 && c <= 0xFFEF;
    };
  }

  static boolean isArmenian(int c) {
    return c >= 0x0531 && c <= 0x0588;
  }

  static boolean isGreek(int c) {
    return c >= 0x0370 && c <= 0x03FF || c >= 0x1F00 && c <= 0x1FFF;
  }

  /** A letter, vowel sign or tone mark of Thai. */
  static boolean isThai(int c) {
    return c >= 0x0E01 && c <= 0x0E4E && c != 0x0E3F;
  }

  /** An accent or a vowel sign. */
  static boolean isMark(int c) {
    if (c < 0x0300) return false;
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /** An invisible character, as for the direction of writing. */
  static boolean isFormat(int c) {
    return c >= 0 && Character.getType(c) == Character.FORMAT;
  }

  /** A character that changes the one before it. */
  static boolean isCombining(int c) {
    return isMark(c) || isFormat(c);
  }

  /** A character of a script whose words are found with a dictionary. */
  static boolean needsDictionary(int c) {
    if (c < 0x0E00) return false;
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  private static boolean contains(String characters, int c) {
    return c >= 0 && characters.indexOf(c) >= 0;
  }
}
