package io.livemind.topology.segmentation;

/** Code in running text: fenced blocks as in Markdown, and spans between back-ticks. */
final class Code {
  /** There is none, or it does not end in the known text. */
  static final int NONE = -1;

  private static final int SHORTEST_FENCE = 3;
  private static final int LONGEST_FENCE = 99;

  private Code() {}

  /**
   * The fence that opens a block at the first visible character of a line.
   *
   * @return its length, negative for tildes; 0: none
   */
  static int openingFence(Window window, int index) {
    int mark = window.at(index);
    if (mark != '`' && mark != '~') return 0;
    int after = afterRun(window, index, mark);
    int length = Math.min(after - index, LONGEST_FENCE);
    if (length < SHORTEST_FENCE) return 0;
    for (int i = after; !endsLine(window.at(i)); i++) if (window.at(i) == '`') return 0;
    return mark == '`' ? length : -length;
  }

  /** Where the line of the closing fence ends, from a unit inside the block; or {@link #NONE}. */
  static int endOfBlock(Window window, int index, int fence) {
    int lineStart = index;
    while (true) {
      int end = endOfLine(window, lineStart);
      if (closesBlock(window, lineStart, end, fence)) return end;
      if (window.at(end) == Window.END) return NONE;
      lineStart = end + 1;
    }
  }

  /** Whether the line between these units closes the block. */
  static boolean closesBlock(Window window, int lineStart, int lineEnd, int fence) {
    String line = window.slice(lineStart, lineEnd).strip();
    int mark = fence > 0 ? '`' : '~';
    return line.length() >= Math.abs(fence) && line.chars().allMatch(c -> c == mark);
  }

  /** Where the line ends that this unit is in. */
  static int endOfLine(Window window, int index) {
    int end = index;
    while (!endsLine(window.at(end))) end++;
    return end;
  }

  /**
   * The unit behind the span that begins with the back-tick at this unit, or {@link #NONE}. A
   * back-tick set against a letter of a script with case is an apostrophe or a quote.
   */
  static int endOfSpan(Window window, int index) {
    if (Letters.isCased(window.before(index))) return NONE;
    int after = afterRun(window, index, '`');
    int length = after - index;
    for (int i = after; !endsLine(window.at(i)); ) {
      int close = afterRun(window, i, '`');
      if (close - i == length && !Letters.isCased(window.at(close))) return close;
      i = Math.max(close, i + 1);
    }
    return NONE;
  }

  private static int afterRun(Window window, int index, int mark) {
    int i = index;
    while (window.at(i) == mark) i++;
    return i;
  }

  private static boolean endsLine(int c) {
    return c == Window.END || Letters.isLineEnd(c);
  }
}
