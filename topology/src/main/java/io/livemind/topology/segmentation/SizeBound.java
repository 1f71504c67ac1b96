package io.livemind.topology.segmentation;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/**
 * Where a segment is cut that grows longer than allowed: behind the last line, clause or word that
 * fits, and where there is none, as in a text without a separator, at a word of the dictionary, or
 * at least between two characters. Never inside a surrogate pair or a combining sequence that fits.
 *
 * <p>Threading: one thread at a time, because of ICU's iterators.
 */
final class SizeBound {
  /** UTF-16 units that the last word is looked for in. */
  private static final int REACH = 32;

  private final BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);
  private final BreakIterator characters = BreakIterator.getCharacterInstance(ULocale.ROOT);

  /** The kinds of places, the best first. */
  private enum Kind {
    LINE,
    CLAUSE,
    SPACE
  }

  /**
   * @param start where the segment begins
   * @param limit the last unit that it may end before; the text is longer than that
   * @param code whether a code block is open at the start: then only lines count
   */
  int place(String text, int start, int limit, boolean code) {
    String piece = text.substring(start, limit + 1);
    int length = limit - start;
    int middle = length / 2;
    int late = separated(piece, middle, length, code);
    if (late > 0) return start + late;
    int word = atWord(piece, length);
    if (word > middle) return start + word;
    int early = separated(piece, 0, middle, code);
    return start + (early > 0 ? early : betweenCharacters(piece, length));
  }

  /** The last place of the best kind behind the first of these units, or -1. */
  private static int separated(String text, int from, int to, boolean code) {
    for (Kind kind : Kind.values()) {
      if (code && kind != Kind.LINE) continue;
      for (int i = to; i > from; i--) if (isBehind(kind, text, i)) return i;
    }
    return -1;
  }

  private static boolean isBehind(Kind kind, String text, int index) {
    char before = text.charAt(index - 1);
    char next = text.charAt(index);
    if (Letters.isCombining(next)) return false;
    return switch (kind) {
      case LINE -> Letters.isLineEnd(before) && !(before == '\r' && next == '\n');
      case CLAUSE -> endsClause(text, index, before);
      case SPACE -> Letters.isSpace(before) && !Letters.isSpace(next);
    };
  }

  private static boolean endsClause(String text, int index, char before) {
    if ("，；：、。！？".indexOf(before) >= 0) return true;
    boolean apart = Letters.isSpace(before) && !Letters.isSpace(text.charAt(index));
    return apart && index >= 2 && ",;:.!?،؛".indexOf(text.charAt(index - 2)) >= 0;
  }

  /** A boundary of the dictionary's in a script without spaces, or -1. */
  private int atWord(String piece, int length) {
    if (!Letters.needsDictionary(piece.codePointBefore(length))) return -1;
    int from = Math.max(0, length - REACH);
    words.setText(piece.substring(from));
    int word = words.preceding(length + 1 - from);
    return word > 0 ? from + word : -1;
  }

  private int betweenCharacters(String piece, int length) {
    characters.setText(piece);
    boolean halfPair = Character.isHighSurrogate(piece.charAt(length));
    int end = characters.preceding(halfPair ? length : length + 1);
    if (end > 0) return end;
    return Character.isLowSurrogate(piece.charAt(length)) ? length - 1 : length;
  }
}
