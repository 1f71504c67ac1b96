package io.livemind.topology.segmentation;

import io.livemind.topology.segmentation.Language.Key;
import java.lang.Character.UnicodeScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a sentence may end: its marks, and what stands before and behind them. The
 * surroundings are read when a rule asks for them and not before, so that a decision waits for no
 * character that it does not need.
 */
final class Stop {
  /** UTF-16 units before a stop that its language is guessed from; bounds the cost of a stop. */
  private static final int EVIDENCE = 400;

  private final Window window;
  private final String latinBefore;
  private final StopMarks marks;
  private @Nullable List<Language> languages;

  /**
   * Reads the stop at this unit.
   *
   * @param latinBefore the Latin language of the closed text
   */
  Stop(Window window, int first, String latinBefore) {
    this.window = window;
    this.latinBefore = latinBefore;
    this.marks = StopMarks.read(window, first);
  }

  StopMarks marks() {
    return marks;
  }

  /** The character that the stop begins with. */
  int mark() {
    return window.at(marks.first());
  }

  /** Whether it is one full stop and no other stop. */
  boolean isSingleFullStop() {
    return marks.stops() == 1 && marks.dots() == 1;
  }

  boolean hasClosers() {
    return marks.afterClosers() > marks.afterStops();
  }

  /** Whether white space or the end of the text follows. */
  boolean isApart() {
    return marks.next() > marks.afterClosers() || nextCharacter() == Window.END;
  }

  /** Whether a space, a bracket or nothing stands right before it. */
  boolean standsAlone() {
    int before = window.before(marks.first());
    return before == Window.END || Letters.isSpace(before) || before == '[' || before == '(';
  }

  /** Whether the segment begins with it. */
  boolean beginsSegment() {
    return Words.onlyOpens(window, window.start(), marks.first());
  }

  /** Whether the segment begins with the word before it. */
  boolean beginsSegmentWithWord() {
    return Words.onlyOpens(window, window.start(), wordStart());
  }

  int nextCharacter() {
    return window.at(marks.next());
  }

  /** The first character that follows, opening quotes and brackets passed over. */
  int nextLetter() {
    return window.at(Words.afterOpeners(window, marks.next()));
  }

  /** The character before the stop, invisible ones passed over. */
  int previousCharacter() {
    return window.before(wordEnd());
  }

  private int wordEnd() {
    int i = marks.first();
    while (Letters.isFormat(window.before(i))) i--;
    return i;
  }

  private int wordStart() {
    return Words.startOf(window, wordEnd());
  }

  /** The word before the stop as it is written, with the full stops inside it; may be empty. */
  String writtenWord() {
    return window.slice(wordStart(), wordEnd());
  }

  /** The same in lower case and without an article that is bound to it ("l'Avv"). */
  String word() {
    String word = Language.fold(writtenWord());
    int article = word.lastIndexOf('\'') + 1;
    return article < word.length() ? word.substring(article) : word;
  }

  /** The word before the word before the stop, in lower case; empty at the start of the segment. */
  String wordBefore() {
    int end = wordStart();
    while (Letters.isSpace(window.before(end))) end--;
    while (window.before(end) == '.') end--;
    return Language.fold(window.slice(Words.startOf(window, end), end));
  }

  /** The word that follows, in lower case; empty when none does. */
  String nextWord() {
    return wordAt(Words.afterOpeners(window, marks.next()));
  }

  /** The word behind the word that follows, in lower case; empty when none does. */
  String wordAfterNext() {
    int end = Words.endOf(window, Words.afterOpeners(window, marks.next()));
    return window.at(end) == ' ' ? wordAt(end + 1) : "";
  }

  private String wordAt(int start) {
    return Language.fold(window.slice(start, Words.endOf(window, start)));
  }

  /** Up to so many units of what follows. */
  String following(int length) {
    int end = marks.next();
    while (end - marks.next() < length && window.at(end) >= 0) end++;
    return window.slice(marks.next(), end);
  }

  /** Whether the text before and with the first stop ends with this name, in lower case. */
  boolean endsName(String name) {
    int end = marks.first() + 1;
    int from = end - name.length();
    return from >= window.start()
        && Language.fold(window.slice(from, end)).equals(name)
        && !Letters.isLetter(window.before(from));
  }

  /** The languages whose lists hold here. */
  List<Language> languages() {
    if (languages != null) return languages;
    int known = Math.max(window.start(), marks.first() - EVIDENCE);
    String guess = Languages.guess(window.slice(known, marks.first()), latinBefore);
    languages = Languages.of(script(), guess);
    return languages;
  }

  /** Of the word before, or of what follows. */
  private UnicodeScript script() {
    int before = previousCharacter();
    if (before >= 0) {
      UnicodeScript script = UnicodeScript.of(before);
      if (script != UnicodeScript.INHERITED && script != UnicodeScript.COMMON) return script;
    }
    int next = nextCharacter();
    return next >= 0 ? UnicodeScript.of(next) : UnicodeScript.COMMON;
  }

  /** Whether the word is in such a list of a language that holds here. */
  boolean isIn(Key key, String word) {
    for (Language language : languages()) if (language.has(key, word)) return true;
    return false;
  }
}
