package io.livemind.topology.segmentation;

/** Words before and behind a place, as the rules compare them. */
final class Words {
  private static final int LONGEST = 40;
  private static final String INSIDE = ".,-/";
  private static final String LIKE_LETTERS = "'’°№§";
  private static final String OPENERS = "\"'“‘„«([¿¡»`*_";

  private Words() {}

  /** Where the word begins that ends before this unit; the unit itself when none does. */
  static int startOf(Window window, int end) {
    boolean eastAsian = Letters.isEastAsian(window.before(end));
    int from = end;
    while (end - from < LONGEST && belongs(window.before(from), eastAsian)) {
      from -= Character.charCount(window.before(from));
    }
    while (from < end && INSIDE.indexOf(window.at(from)) >= 0) from++;
    return from;
  }

  /** Behind the word that begins at this unit; the unit itself when none does. */
  static int endOf(Window window, int start) {
    boolean eastAsian = Letters.isEastAsian(window.at(start));
    int end = start;
    while (end - start < LONGEST
        && isLetterPart(window.at(end))
        && Letters.isEastAsian(window.at(end)) == eastAsian) {
      end = window.next(end);
    }
    return Math.min(end, window.limit());
  }

  /** The unit behind opening quotes and brackets. */
  static int afterOpeners(Window window, int index) {
    int i = index;
    while (OPENERS.indexOf(window.at(i)) >= 0) i++;
    return i;
  }

  /** Whether nothing but opening marks and white space stands between these units. */
  static boolean onlyOpens(Window window, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = window.at(i);
      if (!Letters.isSpace(c) && OPENERS.indexOf(c) < 0) return false;
    }
    return true;
  }

  private static boolean belongs(int c, boolean eastAsian) {
    boolean part = isLetterPart(c) || INSIDE.indexOf(c) >= 0;
    return part && Letters.isEastAsian(c) == eastAsian;
  }

  private static boolean isLetterPart(int c) {
    if (c < 0) return false;
    return Character.isLetterOrDigit(c) || LIKE_LETTERS.indexOf(c) >= 0 || Letters.isMark(c);
  }
}
