package io.livemind.topology.segmentation;

/** Commas, semicolons and colons that a clause ends with. */
final class ClauseMarks {
  private static final String SPACED = ",;:،؛";
  private static final String UNSPACED = "，；：、";

  private ClauseMarks() {}

  /** The first unit behind the mark and the white space after it, or {@link Boundaries#NONE}. */
  static int boundary(Window window, int index) {
    int c = window.at(index);
    boolean unspaced = UNSPACED.indexOf(c) >= 0;
    if (!unspaced && SPACED.indexOf(c) < 0) return Boundaries.NONE;
    int next = index + 1;
    while (Letters.isCloser(window.at(next))) next++;
    if (!unspaced && !Letters.isSpace(window.at(next))) return Boundaries.NONE;
    while (Letters.isSpace(window.at(next))) next++;
    return window.at(next) == Window.END ? Boundaries.NONE : next;
  }
}
