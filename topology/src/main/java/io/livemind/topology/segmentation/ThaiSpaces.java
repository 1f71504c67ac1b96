package io.livemind.topology.segmentation;

import io.livemind.topology.segmentation.Language.Key;
import java.lang.Character.UnicodeScript;

/**
 * Thai ends sentences with a space, and uses spaces for other things too: around numbers and
 * foreign words, in lists, before a repetition mark. A space is taken for an end when what stands
 * before it is long enough to be a clause or ends politely, and what follows does not look like a
 * continuation.
 */
final class ThaiSpaces {
  private static final Language THAI = Languages.of(UnicodeScript.THAI, "").getFirst();
  private static final int SHORTEST_CLAUSE = 10;
  private static final int SHORTEST_NEXT = 8;
  private static final int LONGEST_WORD = 14;

  private ThaiSpaces() {}

  /**
   * @param index of a space that is no line end
   * @return the first unit behind the white space, or {@link Boundaries#NONE}
   */
  static int boundary(Window window, int index) {
    int before = window.before(index);
    if (!Letters.isThai(before) && !Letters.isDigit(before)) return Boundaries.NONE;
    int next = index;
    while (Letters.isSpace(window.at(next))) next++;
    if (!Letters.isThai(window.at(next)) || window.at(next) == 'ๆ') return Boundaries.NONE;
    int end = next;
    while (end - next < LONGEST_WORD && Letters.isThai(window.at(end))) end++;
    String follows = window.slice(next, end);
    boolean starter = startsWith(follows, Key.STARTERS);
    if (Letters.isDigit(before)) return starter ? next : Boundaries.NONE;
    String clause = lastChunk(window, index);
    boolean polite = endsWith(clause, Key.SPEECH);
    boolean longEnough = follows.length() >= SHORTEST_NEXT;
    if (polite && longEnough) return next;
    boolean shortened = clause.endsWith("ฯ") && !starter;
    boolean condition = startsWith(clause, Key.CONDITION);
    if (shortened || condition || startsWith(follows, Key.LINKING)) return Boundaries.NONE;
    boolean clauses = longEnough && isClause(window, index);
    return polite || starter || clauses ? next : Boundaries.NONE;
  }

  private static String lastChunk(Window window, int index) {
    int start = index;
    while (Letters.isThai(window.before(start))) start--;
    return window.slice(start, index);
  }

  /** Whether the segment has letters enough before this unit to be a clause. */
  private static boolean isClause(Window window, int index) {
    int letters = 0;
    for (int i = index; i > window.start() && letters < SHORTEST_CLAUSE; i--) {
      if (Letters.isThai(window.before(i))) letters++;
    }
    return letters >= SHORTEST_CLAUSE;
  }

  private static boolean startsWith(String text, Key key) {
    for (String word : THAI.of(key)) if (text.startsWith(word)) return true;
    return false;
  }

  private static boolean endsWith(String text, Key key) {
    for (String word : THAI.of(key)) if (text.endsWith(word)) return true;
    return false;
  }
}
