package io.livemind.topology.segmentation;

/**
 * The marks of a stop: the stops themselves, then quotes, brackets, tags and a note that close
 * behind them, then white space.
 *
 * @param first the unit of the first stop
 * @param afterStops the unit behind the last stop
 * @param afterClosers the unit behind what closes
 * @param next the unit behind the white space
 * @param stops how many stops there are
 * @param dots how many of them are full stops
 * @param lineEnds how many line ends the white space holds
 */
record StopMarks(
    int first, int afterStops, int afterClosers, int next, int stops, int dots, int lineEnds) {
  /** UTF-16 units after which no further stop is looked for; bounds the cost of "?!?!?!…". */
  private static final int LONGEST = 40;

  private static final int LONGEST_TAG = 16;

  static StopMarks read(Window window, int first) {
    int stops = 0;
    int dots = 0;
    int end = first;
    while (true) {
      int mark = window.at(end);
      boolean open = end - first < LONGEST;
      boolean spaced = open && stops > 0 && mark == ' ' && isSpacedDot(window, end);
      if (spaced) mark = window.at(++end);
      if (stops == 0 || open && Letters.isStop(mark)) {
        stops++;
        if (Letters.isFullStop(mark)) dots++;
        end = window.next(end);
      } else if (open && Letters.isFormat(mark)) {
        end = window.next(end);
      } else {
        int closed = afterClosers(window, first, end);
        boolean further =
            closed > end && closed - first < LONGEST && Letters.isStop(window.at(closed));
        if (!further) return withSpaces(window, first, end, afterNote(window, closed), stops, dots);
        end = closed;
      }
    }
  }

  private static StopMarks withSpaces(
      Window window, int first, int afterStops, int afterClosers, int stops, int dots) {
    int next = afterClosers;
    int lineEnds = 0;
    for (int c = window.at(next); Letters.isSpace(c); c = window.at(next)) {
      boolean pair = c == '\r' && window.at(next + 1) == '\n';
      if (Letters.isLineEnd(c) && !pair) lineEnds++;
      next++;
    }
    return new StopMarks(first, afterStops, afterClosers, next, stops, dots, lineEnds);
  }

  /** The second dot of ". . ." */
  private static boolean isSpacedDot(Window window, int space) {
    if (window.at(space + 1) != '.') return false;
    int c = window.at(space + 2);
    return c == Window.END || Letters.isSpace(c) || Letters.isCloser(c);
  }

  private static int afterClosers(Window window, int first, int from) {
    int end = from;
    while (end - from < LONGEST) {
      int c = window.at(end);
      int closed = end;
      if (Letters.isSpace(c)) {
        closed = afterSpacedCloser(window, end);
      } else if (Letters.isCloser(c) && !opens(window, first, end)) {
        closed = end + 1;
      } else if (c == '<') {
        closed = afterClosingTag(window, end);
      }
      if (closed == end) return end;
      end = closed;
    }
    return end;
  }

  /** A mark that closes in one language and opens in another: "one"?"two", 。“好的, „Nein.“ */
  private static boolean opens(Window window, int first, int index) {
    int c = window.at(index);
    boolean either = c == '“' || c == '‘' || c == '"' && window.before(first) == '"';
    return either && Letters.isLetter(window.at(index + 1));
  }

  /** French sets a space before the mark: «Non. » */
  private static int afterSpacedCloser(Window window, int space) {
    if (window.at(space + 1) != '»') return space;
    return Letters.isLetter(window.at(space + 2)) ? space : space + 2;
  }

  /** {@code </em>} */
  private static int afterClosingTag(Window window, int from) {
    if (window.at(from + 1) != '/') return from;
    int i = from + 2;
    while (i - from < LONGEST_TAG && Character.isLetterOrDigit(Math.max(window.at(i), 0))) i++;
    return window.at(i) == '>' ? i + 1 : from;
  }

  /** A note in square brackets that is set behind the stop. */
  private static int afterNote(Window window, int from) {
    if (window.at(from) != '[') return from;
    int i = from + 1;
    while (Letters.isDigit(window.at(i))) i++;
    return i > from + 1 && window.at(i) == ']' ? i + 1 : from;
  }
}
