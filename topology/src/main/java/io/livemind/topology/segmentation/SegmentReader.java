package io.livemind.topology.segmentation;

import io.livemind.topology.segmentation.Window.Beyond;
import java.util.function.IntSupplier;

/**
 * Reads one segment from its start and asks at each place where it may end: at stops ({@link
 * StopRules}), line ends ({@link LineBreaks}), further items of a list ({@link ListMarker}) and
 * spaces in Thai ({@link ThaiSpaces}). Code is passed over in one step. Each question is put to the
 * {@link Window}, which knows whether the answer can still change.
 */
final class SegmentReader {
  private static final int NONE = Boundaries.NONE;

  /** The text must grow before the question can be answered. */
  private static final int WAIT = -2;

  private final Window window;
  private final Carry carry;
  private final int minimumLength;
  private final SentenceBoundaries.Place further;

  private int index;
  private boolean visible;

  /** Whether the line stands for itself: an item of a list, a heading, code. */
  private boolean block;

  private String item = "";
  private int eastAsianBrackets;

  SegmentReader(Window window, Carry carry, int minimumLength, SentenceBoundaries.Place further) {
    this.window = window;
    this.carry = carry;
    this.minimumLength = minimumLength;
    this.further = further;
    this.index = window.start();
  }

  /** The end of the segment, or {@link Boundaries#NONE}. */
  int read() {
    boolean begun = carry.fence() != 0 ? passBlock(carry.fence()) : beginLine(!carry.midLine());
    while (begun) {
      window.ask();
      int c = window.at(index);
      if (c == Window.END) return NONE;
      int end = decided(() -> boundaryAt(c));
      if (end == WAIT) return NONE;
      boolean inside = end < window.limit() || window.beyond() != Beyond.NOTHING;
      if (inside && end - window.start() >= minimumLength) return end;
      begun = pass(c);
    }
    return NONE;
  }

  private int boundaryAt(int c) {
    if (Letters.isLineEnd(c)) return visible ? LineBreaks.boundary(window, index, block) : NONE;
    if (Letters.isSpace(c)) return ThaiSpaces.boundary(window, index);
    if (beginsNextItem()) return index;
    if (eastAsianBrackets > 0) return NONE;
    if (!StopRules.mayStop(window, index)) return further.boundary(window, index);
    var stop = new Stop(window, index, carry.language());
    return StopRules.ends(stop) ? stop.marks().next() : NONE;
  }

  /** "1) milk 2) flour" */
  private boolean beginsNextItem() {
    if (item.isEmpty() || item.startsWith("(")) return false;
    if (!Letters.isSpace(window.before(index))) return false;
    ListMarker marker = ListMarker.insideLine(window, index);
    return marker != null && marker.follows(item);
  }

  /** Goes behind this character, or behind what is read in one step; false: the text must grow. */
  private boolean pass(int c) {
    if (Letters.isLineEnd(c)) {
      index++;
      return beginLine(true);
    }
    visible |= !Letters.isSpace(c);
    if (c == '`') return passSpan();
    if (Letters.opensEastAsian(c)) eastAsianBrackets++;
    if (Letters.closesEastAsian(c)) eastAsianBrackets = Math.max(0, eastAsianBrackets - 1);
    if (StopRules.mayStop(window, index)) return passStop();
    index = window.next(index);
    return true;
  }

  /** The other dots of an ellipsis are no stops of their own. */
  private boolean passStop() {
    int after = decided(() -> StopMarks.read(window, index).afterStops());
    index = Math.max(after, window.next(index));
    return after != WAIT;
  }

  private boolean passSpan() {
    int end = decided(() -> Code.endOfSpan(window, index));
    if (end == NONE) {
      while (window.at(index) == '`') index++;
    } else {
      index = end;
    }
    return end != WAIT;
  }

  private boolean passBlock(int fence) {
    int end = decided(() -> Code.endOfBlock(window, index, fence));
    index = end;
    block = true;
    visible = true;
    return end >= 0;
  }

  /** Reads what a line begins with; false: the text must grow. */
  private boolean beginLine(boolean fromItsStart) {
    eastAsianBrackets = 0;
    block = false;
    item = "";
    boolean line = fromItsStart;
    while (Letters.isSpace(window.at(index)) && !(visible && Letters.isLineEnd(window.at(index)))) {
      line |= Letters.isLineEnd(window.at(index));
      index++;
    }
    boolean lineStart = line;
    int fence = lineStart ? decided(() -> Math.abs(Code.openingFence(window, index))) : 0;
    if (fence > 0) return passBlock(window.at(index) == '`' ? fence : -fence);
    int marked = decided(() -> readMarker(lineStart));
    if (fence == WAIT || marked == WAIT) return false;
    block |= lineStart && window.at(index) == '#';
    if (marked != NONE) index = marked;
    return true;
  }

  private int readMarker(boolean lineStart) {
    ListMarker first = ListMarker.at(window, index, lineStart);
    if (first == null) return NONE;
    ListMarker second = first.isBullet() ? ListMarker.insideLine(window, first.end()) : null;
    if (window.isUnsure()) return NONE;
    item = first.text();
    block = true;
    visible = true;
    return second == null ? first.end() : second.end();
  }

  /** The answer, if what is known is enough for it; if it never will be, none. */
  private int decided(IntSupplier question) {
    window.ask();
    int answer = question.getAsInt();
    if (!window.isUnsure()) return answer;
    return window.beyond() == Beyond.UNKNOWN ? WAIT : NONE;
  }
}
