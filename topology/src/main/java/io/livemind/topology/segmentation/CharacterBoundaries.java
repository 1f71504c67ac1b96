package io.livemind.topology.segmentation;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/** What a reader takes for one character: a letter with its accents, a whole emoji. */
final class CharacterBoundaries implements Boundaries {
  /** UTF-16 units; a longer sequence is cut, so that a character of many marks costs no more. */
  private static final int LONGEST = 64;

  private final BreakIterator characters = BreakIterator.getCharacterInstance(ULocale.ROOT);

  @Override
  public int first(Window window, Carry carry, int minimumLength) {
    int end = window.start();
    while (end - window.start() < minimumLength) {
      window.ask();
      int limit = Math.min(window.limit(), end + LONGEST);
      characters.setText(window.slice(end, limit));
      end += characters.following(0);
      if (window.at(end) == Window.END || window.isUnsure()) return NONE;
    }
    return end;
  }
}
