package io.livemind.topology.segmentation;

import static io.livemind.topology.segmentation.Verdict.ENDS;
import static io.livemind.topology.segmentation.Verdict.GOES_ON;
import static io.livemind.topology.segmentation.Verdict.PASS;

import io.livemind.topology.segmentation.Language.Key;
import java.util.regex.Pattern;

/** One full stop that may belong to the word before it: a number, an initial, an abbreviation. */
final class FullStopRules {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,2}");
  private static final Pattern ORDINAL = Pattern.compile("[0-9]{1,2}|[ivx]{1,5}");
  private static final Pattern ROMAN = Pattern.compile("[IVXLC]{2,7}");

  private FullStopRules() {}

  static Verdict judge(Stop stop) {
    String word = stop.word();
    if (!stop.isSingleFullStop() || word.isEmpty()) return PASS;
    int last = word.codePointBefore(word.length());
    if (Letters.isDigit(last)) return number(stop, word);
    if (ROMAN.matcher(stop.writtenWord()).matches()) return roman(stop, word);
    boolean letter = Letters.isLetter(last) && word.codePointCount(0, word.length()) == 1;
    return letter ? initial(stop, word) : Abbreviations.judge(stop, word);
  }

  /** "I have 600. How many" ends; "for 2. above" and, at the start, "§ 1. The" go on. */
  private static Verdict number(Stop stop, String word) {
    if (stop.beginsSegmentWithWord()) return GOES_ON;
    boolean goesOn = Letters.isLower(stop.nextCharacter()) && WHOLE_NUMBER.matcher(word).matches();
    return goesOn ? GOES_ON : ordinal(stop, word);
  }

  /** "Wilhelm II. in Preußen" */
  private static Verdict roman(Stop stop, String word) {
    return Letters.isLower(stop.nextCharacter()) ? GOES_ON : ordinal(stop, word);
  }

  /** "am 3. Oktober" */
  private static Verdict ordinal(Stop stop, String word) {
    if (!ORDINAL.matcher(word).matches() || !Letters.isUpper(stop.nextCharacter())) return PASS;
    String next = stop.nextWord();
    String before = stop.wordBefore();
    for (Language language : stop.languages()) {
      if (language.has(Key.ORDINAL, next)) return GOES_ON;
      if (language.has(Key.ARTICLE, before) && !language.has(Key.STARTERS, next)) return GOES_ON;
    }
    return PASS;
  }

  /**
   * "J. Smith", "p. 55", "z. B." go on, each letter of it; "you and I. Did", "at point A. Charge"
   * end.
   */
  private static Verdict initial(Stop stop, String word) {
    String before = stop.wordBefore();
    Verdict pair = before.length() == 1 ? Abbreviations.listed(stop, before + "." + word) : PASS;
    if (pair != PASS) return pair;
    boolean shortened = stop.isIn(Key.NEVER, word);
    if (!Letters.isCased(word.codePointAt(0))) return shortened ? GOES_ON : PASS;
    if (stop.beginsSegmentWithWord()) return GOES_ON;
    boolean label = stop.isIn(Key.LABEL, before);
    if (!Letters.isUpper(stop.nextCharacter())) {
      return label && Letters.isLetter(stop.nextCharacter()) ? PASS : GOES_ON;
    }
    boolean starter = !shortened && stop.isIn(Key.STARTERS, stop.nextWord());
    return starter || label ? ENDS : GOES_ON;
  }
}
