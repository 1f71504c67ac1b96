package io.livemind.topology.segmentation;

import io.livemind.topology.segmentation.Language.Key;
import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * A place where a sentence may end: one stop or several, the closing marks behind them, and what
 * stands before and after. The parts are read when a rule asks for them and not before, so that a
 * decision waits for no character that it does not need.
 */
final class Stop {
  private static final int LONGEST_WORD = 40;

  private final Window window;
  private final String latinBefore;
  private final int first;
  private int afterStops;
  private int dots;
  private int afterClosers;
  private int next;
  private int lineEnds;

  /**
   * Reads the stop at this unit.
   *
   * @param latinBefore the Latin language of the closed text
   */
  Stop(Window window, int first, String latinBefore) {
    this.window = window;
    this.latinBefore = latinBefore;
    this.first = first;
    readMarks();
    readSpaces();
  }

  private void readMarks() {
    int end = first;
    while (true) {
      int from = end;
      while (isStopPart(window.at(end))) {
        if (Letters.isFullStop(window.at(end))) dots++;
        end++;
      }
      while (window.at(end) == ' ' && window.at(end + 1) == '.' && endsSpacedDot(end + 2)) {
        dots++;
        end += 2;
      }
      int closed = afterClosers(end);
      if (end == from || closed == end || !isStopPart(window.at(closed))) {
        afterStops = end;
        afterClosers = afterNote(closed);
        return;
      }
      end = closed;
    }
  }

  private boolean endsSpacedDot(int index) {
    int c = window.at(index);
    return c == Window.END || Letters.isSpace(c) || Letters.isCloser(c);
  }

  private static boolean isStopPart(int c) {
    return Letters.isStop(c) || c >= 0 && Character.getType(c) == Character.FORMAT;
  }

  private int afterClosers(int from) {
    int end = from;
    while (true) {
      int c = window.at(end);
      if (Letters.isCloser(c)) {
        end++;
      } else if (Letters.isSpace(c) && window.at(end + 1) == '»') {
        int after = window.at(end + 2);
        if (Letters.isLetter(after)) return end;
        end += 2;
      } else {
        return end;
      }
    }
  }

  /** A note in square brackets that is set behind the stop. */
  private int afterNote(int from) {
    if (window.at(from) != '[') return from;
    int i = from + 1;
    while (Letters.isDigit(window.at(i))) i++;
    return i > from + 1 && window.at(i) == ']' ? i + 1 : from;
  }

  private void readSpaces() {
    next = afterClosers;
    while (Letters.isSpace(window.at(next))) {
      int c = window.at(next);
      boolean pair = c == '\r' && window.at(next + 1) == '\n';
      if (Letters.isLineEnd(c) && !pair) lineEnds++;
      next++;
    }
  }

  /** The character that the stop begins with. */
  int mark() {
    return window.at(first);
  }

  /** Whether it is one full stop and no other stop. */
  boolean isSingleFullStop() {
    return dots == 1 && Letters.isFullStop(mark()) && visibleStops() == 1;
  }

  /** How many full stops it has. */
  int dots() {
    return dots;
  }

  private long visibleStops() {
    return window.slice(first, afterStops).codePoints().filter(Letters::isStop).count();
  }

  /** Whether a space or a quotation stands right before it. */
  boolean standsAlone() {
    int before = window.before(first);
    return before == Window.END || Letters.isSpace(before) || before == '[' || before == '(';
  }

  /** Whether the segment begins with it. */
  boolean beginsSegment() {
    return window.slice(window.start(), first).isBlank();
  }

  /** Whether the segment begins with the word before it. */
  boolean beginsSegmentWithWord() {
    return window.slice(window.start(), wordStart()).isBlank();
  }

  boolean hasClosers() {
    return afterClosers > afterStops;
  }

  /** Whether white space or the end of the text follows. */
  boolean isApart() {
    return next > afterClosers || nextCharacter() == Window.END;
  }

  /** Line ends between the stop and the next character. */
  int lineEnds() {
    return lineEnds;
  }

  /** The first unit of what follows: a segment that ends with this stop ends there. */
  int next() {
    return next;
  }

  /** The unit behind stops and closing marks. */
  int afterMarks() {
    return afterClosers;
  }

  /** The first character that follows, opening quotes and brackets passed over. */
  int nextLetter() {
    int i = next;
    while ("\"'“‘„«([¿¡»`*_".indexOf(window.at(i)) >= 0) i++;
    return window.at(i);
  }

  int nextCharacter() {
    return window.at(next);
  }

  /** The character before the stop, invisible ones passed over. */
  int previousCharacter() {
    return window.before(beforeFormats(first));
  }

  private int beforeFormats(int index) {
    int i = index;
    while (window.before(i) >= 0 && Character.getType(window.before(i)) == Character.FORMAT) i--;
    return i;
  }

  /** The word before the stop, in lower case, with the full stops inside it; may be empty. */
  String word() {
    String word = Language.fold(writtenWord());
    int apostrophe = word.lastIndexOf('\'');
    return apostrophe >= 0 && apostrophe + 1 < word.length() ? word.substring(apostrophe + 1) : word;
  }

  /** The same as it is written. */
  String writtenWord() {
    return wordEndingAt(beforeFormats(first));
  }

  /** Where the word before the stop begins. */
  int wordStart() {
    int end = beforeFormats(first);
    return end - wordEndingAt(end).length();
  }

  /** The word before the word before the stop, as it is written; empty at the start of the segment. */
  String wordBefore() {
    int end = wordStart();
    while (end > window.start() && Letters.isSpace(window.before(end))) end--;
    while (end > window.start() && window.before(end) == '.') end--;
    return wordEndingAt(end);
  }

  private String wordEndingAt(int end) {
    int from = end;
    while (from > window.start() && end - from < LONGEST_WORD && isWordPart(window.before(from))) {
      from -= Character.charCount(window.before(from));
    }
    while (from < end && ".,-".indexOf(window.at(from)) >= 0) from++;
    return window.slice(from, end);
  }

  private static boolean isWordPart(int c) {
    return isLetterPart(c) || ".-,/".indexOf(c) >= 0;
  }

  private static boolean isLetterPart(int c) {
    return Character.isLetterOrDigit(c)
        || "'’°№§".indexOf(c) >= 0
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  /** The word that follows, in lower case; empty when none does. */
  String nextWord() {
    return wordAt(next);
  }

  /** The word behind the word that follows, in lower case; empty when none does. */
  String wordAfterNext() {
    int end = next + wordAt(next).length();
    return window.at(end) == ' ' ? wordAt(end + 1) : "";
  }

  private String wordAt(int index) {
    int start = index;
    while ("\"'“‘„«([¿¡»`*_".indexOf(window.at(start)) >= 0) start++;
    int end = start;
    while (end - start < LONGEST_WORD && window.at(end) >= 0 && isLetterPart(window.at(end))) {
      end = window.next(end);
    }
    return Language.fold(window.slice(start, Math.min(end, window.limit())));
  }

  /** Up to so many units of what follows. */
  String following(int length) {
    int end = next;
    while (end - next < length && window.at(end) >= 0) end = window.next(end);
    return window.slice(next, Math.min(end, window.limit()));
  }

  /** Whether the text before and with the stop ends with this name, in lower case. */
  boolean endsName(String name) {
    int from = first + 1 - name.length();
    return from >= window.start()
        && Language.fold(window.slice(from, first + 1)).equals(name)
        && !Letters.isLetter(window.before(from));
  }

  /** The languages whose lists hold here. */
  List<Language> languages() {
    int before = previousCharacter();
    UnicodeScript script = before < 0 ? UnicodeScript.COMMON : UnicodeScript.of(before);
    if (script == UnicodeScript.INHERITED || script == UnicodeScript.COMMON) {
      int c = nextCharacter();
      script = c < 0 ? UnicodeScript.COMMON : UnicodeScript.of(c);
    }
    return Languages.of(script, Languages.guess(window.slice(window.start(), first), latinBefore));
  }

  /** Whether the word is in such a list of a language that holds here. */
  boolean isIn(Key key, String word) {
    for (Language language : languages()) if (language.has(key, word)) return true;
    return false;
  }
}
