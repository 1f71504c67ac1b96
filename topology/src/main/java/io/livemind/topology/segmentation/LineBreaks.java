package io.livemind.topology.segmentation;

/**
 * Does a segment end at this line end? An empty line, a list, a heading, a quotation, a table and a
 * code block say so; a line that is only broken off goes on in the next one.
 */
final class LineBreaks {
  private static final String BLOCK_MARKS = "#>|";

  /** Particles and marks that an East Asian sentence goes on behind. */
  private static final String GOING_ON = "、，：；のはがをにでともへや";

  /** UTF-16 units of a line that is taken for an item of a list without marks. */
  private static final int LONGEST_WORDS = 24;

  private LineBreaks() {}

  /**
   * @param index of a line end that no stop stands before
   * @param block whether the line stands for itself: an item of a list, a heading, a closing fence
   * @return the first unit behind the white space there, or {@link Boundaries#NONE}
   */
  static int boundary(Window window, int index, boolean block) {
    int next = index;
    int lines = 0;
    int lineStart = index;
    while (Letters.isSpace(window.at(next))) {
      boolean pair = window.at(next) == '\r' && window.at(next + 1) == '\n';
      if (Letters.isLineEnd(window.at(next)) && !pair) {
        lines++;
        lineStart = next + 1;
      }
      next++;
    }
    boolean indented = next - lineStart >= 2 && Letters.isLower(window.at(next));
    boolean ends =
        lines >= 2
            || block && !indented
            || announces(window, index)
            || opensBlock(window, next)
            || lineOfList(window, index, next)
            || eastAsianLine(window, index, next);
    return ends ? next : Boundaries.NONE;
  }

  /** "Here is my code:" */
  private static boolean announces(Window window, int index) {
    int i = index;
    while (Letters.isSpace(window.before(i))) i--;
    int last = window.before(i);
    return last == ':' || last == '：';
  }

  private static boolean opensBlock(Window window, int next) {
    return BLOCK_MARKS.indexOf(window.at(next)) >= 0
        || ListMarker.at(window, next, true) != null
        || Code.openingFence(window, next) != 0;
  }

  /** East Asian lines are not wrapped by hand; one that ends with a particle or comma goes on. */
  private static boolean eastAsianLine(Window window, int index, int next) {
    int i = index;
    while (Letters.isSpace(window.before(i))) i--;
    int last = window.before(i);
    return Letters.isEastAsian(last)
        && Letters.isEastAsian(window.at(next))
        && GOING_ON.indexOf(last) < 0;
  }

  /** Words one below the other: short lines in lower case. */
  private static boolean lineOfList(Window window, int index, int next) {
    int from = index;
    while (window.before(from) != Window.END && !Letters.isLineEnd(window.before(from))) from--;
    return index - from <= LONGEST_WORDS
        && Letters.isLower(window.at(from))
        && Letters.isLower(window.at(next))
        && !Letters.isSpace(window.before(index))
        && Letters.isLetter(window.before(index));
  }
}
