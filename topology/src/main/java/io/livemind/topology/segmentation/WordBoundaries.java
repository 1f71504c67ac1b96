package io.livemind.topology.segmentation;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/**
 * Words with the marks and the white space behind them. Words of scripts that write no spaces are
 * found with a dictionary in the next {@value #REACH} units, so that the answer does not depend on
 * what comes later.
 */
final class WordBoundaries implements Boundaries {
  /**
   * UTF-16 units that a word is looked for in; longer than the words of Chinese, Japanese and Thai.
   */
  static final int REACH = 16;

  private final BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);

  @Override
  public int first(Window window, Carry carry, int minimumLength) {
    int end = window.start();
    while (end - window.start() < minimumLength) {
      window.ask();
      end = afterWord(window, end);
      if (window.isUnsure() || window.at(end) == Window.END) return NONE;
    }
    return end;
  }

  private int afterWord(Window window, int from) {
    int end = from;
    while (Letters.isSpace(window.at(end))) end++;
    end = Letters.needsDictionary(window.at(end)) ? dictionaryWord(window, end) : run(window, end);
    while (isMark(window.at(end))) end = window.next(end);
    while (Letters.isSpace(window.at(end))) end++;
    return end;
  }

  private int dictionaryWord(Window window, int from) {
    int end = from;
    while (end - from < REACH && belongs(window.at(end))) end = window.next(end);
    words.setText(window.slice(from, end));
    return from + words.following(0);
  }

  private static boolean belongs(int c) {
    return Letters.needsDictionary(c) || Letters.isCombining(c);
  }

  private static int run(Window window, int from) {
    int end = from;
    while (window.at(end) >= 0
        && !Letters.isSpace(window.at(end))
        && !Letters.needsDictionary(window.at(end))) {
      end = window.next(end);
    }
    return end;
  }

  /** Marks belong to the word before them. */
  private static boolean isMark(int c) {
    return c >= 0
        && !Character.isLetterOrDigit(c)
        && !Letters.isSpace(c)
        && !Letters.opensEastAsian(c)
        && "“‘「（(«¿¡".indexOf(c) < 0;
  }
}
