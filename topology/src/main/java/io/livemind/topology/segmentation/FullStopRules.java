package io.livemind.topology.segmentation;

import static io.livemind.topology.segmentation.Verdict.ENDS;
import static io.livemind.topology.segmentation.Verdict.GOES_ON;
import static io.livemind.topology.segmentation.Verdict.PASS;

import io.livemind.topology.segmentation.Language.Key;
import java.util.regex.Pattern;

/** A full stop that may belong to the word before it: a number, an initial, an abbreviation. */
final class FullStopRules {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,4}");
  private static final Pattern ORDINAL = Pattern.compile("[0-9]{1,2}|[ivx]{1,5}");
  private static final Pattern ROMAN = Pattern.compile("[IVXLC]{2,7}");
  private static final Pattern DOTTED = Pattern.compile("\\p{L}\\p{M}*([.]\\p{L}{1,2}\\p{M}*)+");
  private static final Pattern NO_VOWEL = Pattern.compile("\\p{L}{2,4}");
  private static final Pattern VOWEL =
      Pattern.compile("[^bcdfghjklmnpqrstvwxzßбвгджзйклмнпрстфхцчшщ]");

  private FullStopRules() {}

  static Verdict judge(Stop stop) {
    if (!stop.isSingleFullStop()) return PASS;
    String word = stop.word();
    if (word.isEmpty()) return PASS;
    if (Letters.isDigit(word.codePointBefore(word.length()))) return number(stop, word);
    if (word.length() > 1 && ROMAN.matcher(stop.writtenWord()).matches()) return roman(stop);
    if (word.codePointCount(0, word.length()) == 1) return initial(stop, word);
    return abbreviation(stop, word);
  }

  /** "I have 600. How many": ends; "am 3. Oktober", "and for 2. above": goes on. */
  private static Verdict number(Stop stop, String word) {
    int next = stop.nextCharacter();
    if (Letters.isLower(next) && WHOLE_NUMBER.matcher(word).matches()) {
      return word.length() <= 2 ? GOES_ON : PASS;
    }
    return ordinal(stop, word);
  }

  private static Verdict roman(Stop stop) {
    return Letters.isLower(stop.nextCharacter()) ? GOES_ON : ordinal(stop, stop.word());
  }

  private static Verdict ordinal(Stop stop, String word) {
    if (!ORDINAL.matcher(word).matches() || !Letters.isUpper(stop.nextCharacter())) return PASS;
    String next = stop.nextWord();
    String before = Language.fold(stop.wordBefore());
    for (Language language : stop.languages()) {
      if (language.has(Key.ORDINAL, next)) return GOES_ON;
      if (language.has(Key.ARTICLE, before) && !language.has(Key.STARTERS, next)) return GOES_ON;
    }
    return PASS;
  }

  /** "J. Smith", "p. 55", "z. B.": goes on, but "you and I. Did", "from A to B. Find" end. */
  private static Verdict initial(Stop stop, String word) {
    int letter = word.codePointAt(0);
    int next = stop.nextCharacter();
    if (!Letters.isLetter(letter)) return PASS;
    boolean cased = Letters.isLower(letter);
    if (!cased) return stop.isIn(Key.NEVER, word) ? GOES_ON : PASS;
    if (stop.beginsSegmentWithWord()) return GOES_ON;
    if (!Letters.isUpper(next)) {
      boolean variable = Letters.isLetter(next) && stop.isIn(Key.LABEL, Language.fold(stop.wordBefore()));
      return variable ? PASS : GOES_ON;
    }
    boolean starter = stop.isIn(Key.STARTERS, stop.nextWord());
    if (starter && !stop.isIn(Key.NEVER, word)) return ENDS;
    boolean label = stop.isIn(Key.LABEL, Language.fold(stop.wordBefore()));
    return label ? ENDS : GOES_ON;
  }

  private static Verdict abbreviation(Stop stop, String word) {
    int next = stop.nextCharacter();
    for (Language language : stop.languages()) {
      if (language.has(Key.NEVER, word)) return GOES_ON;
      if (language.has(Key.NUMBER, word)) return beforeNumber(stop, word);
      if (language.has(Key.CAPITAL, word)) {
        return Letters.isUpper(next) || Letters.isUpper(stop.nextLetter()) ? ENDS : GOES_ON;
      }
      if (language.has(Key.STARTER, word)) return beforeStarter(stop);
    }
    boolean dotted = DOTTED.matcher(word).matches();
    boolean short_ =
        NO_VOWEL.matcher(word).matches()
            && !VOWEL.matcher(word).find()
            && !stop.writtenWord().equals(stop.writtenWord().toUpperCase(java.util.Locale.ROOT));
    return dotted || short_ ? beforeStarter(stop) : PASS;
  }

  private static Verdict beforeNumber(Stop stop, String word) {
    int next = stop.nextLetter();
    if (Letters.isDigit(next) || next == '№' || next == '#') return GOES_ON;
    if (Letters.isLower(next)) return word.length() <= 2 && stop.nextWord().length() > 1 ? PASS : GOES_ON;
    String follows = stop.nextWord();
    boolean numeral = follows.length() == 1 || follows.matches("[ivxlc]{1,5}|[a-z][0-9]+");
    return numeral && !follows.equals("i") && !follows.equals("a") ? GOES_ON : PASS;
  }

  private static Verdict beforeStarter(Stop stop) {
    if (!Letters.isUpper(stop.nextLetter())) {
      return Letters.isLetter(stop.nextLetter()) || !isOpening(stop.nextCharacter()) || stop.nextCharacter() == '('
          ? GOES_ON
          : PASS;
    }
    return stop.isIn(Key.STARTERS, stop.nextWord()) ? ENDS : GOES_ON;
  }

  private static boolean isOpening(int c) {
    return "\"“„«'‘¿¡([".indexOf(c) >= 0;
  }
}
