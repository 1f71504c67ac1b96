package io.livemind.topology.segmentation;

import static io.livemind.topology.segmentation.Verdict.ENDS;
import static io.livemind.topology.segmentation.Verdict.GOES_ON;
import static io.livemind.topology.segmentation.Verdict.PASS;

import io.livemind.topology.segmentation.Language.Key;
import java.util.List;
import java.util.regex.Pattern;

/** A full stop behind a word that the lists know as an abbreviation, or that looks like one. */
final class Abbreviations {
  /** "p.a", "U.N", "कि.मी" */
  private static final Pattern DOTTED = Pattern.compile("\\p{L}\\p{M}*([.]\\p{L}{1,2}\\p{M}*)+");

  /** A word that cannot be spoken and is not all in capital letters: "Hbf", "млн". */
  private static final Pattern NO_VOWEL =
      Pattern.compile(
          "(?iu)(?!(?-i:\\p{Lu}+)$)"
              + "[[\\p{IsLatin}\\p{IsCyrillic}]&&[^aeiouyäöüáéíóúàèìòùâêîôûœæøåаеёиоуыэюяіїє]]{2,4}");

  /** What a number may look like behind "No.": "IV", "A", "S3". */
  private static final Pattern NUMERAL = Pattern.compile("[ivxlc]{1,5}|\\p{L}|\\p{L}[0-9]+");

  /** Words of one letter that are more often words than numbers. */
  private static final List<String> NO_NUMERALS = List.of("a", "i");

  private Abbreviations() {}

  static Verdict judge(Stop stop, String word) {
    Verdict listed = listed(stop, word);
    return listed == PASS ? shaped(stop, word) : listed;
  }

  /** A word that a list has. */
  static Verdict listed(Stop stop, String word) {
    List<Language> languages = stop.languages();
    for (Language language : languages) {
      if (language.has(Key.NEVER, word)) return GOES_ON;
      for (String end : language.of(Key.ENDING)) if (word.endsWith(end)) return GOES_ON;
    }
    for (Language language : languages) {
      if (language.has(Key.NUMBER, word)) return beforeNumber(stop, word);
      if (language.has(Key.CAPITAL, word)) return beforeCapital(stop);
      if (language.has(Key.STARTER, word)) return beforeStarter(stop);
    }
    return PASS;
  }

  /** A word that looks like an abbreviation. */
  private static Verdict shaped(Stop stop, String word) {
    if (DOTTED.matcher(word).matches()) return beforeStarter(stop);
    int next = stop.nextCharacter();
    boolean goesOn = Letters.isLower(next) || Letters.isDigit(next);
    return goesOn && NO_VOWEL.matcher(stop.writtenWord()).matches() ? GOES_ON : PASS;
  }

  /**
   * "No. 5". In front of a word in lower case, a short one is a word itself: "the answer is no.
   * but".
   */
  private static Verdict beforeNumber(Stop stop, String word) {
    int next = stop.nextLetter();
    String follows = stop.nextWord();
    if (Letters.isDigit(next) || next == '№' || next == '#') return GOES_ON;
    if (Letters.isLower(next)) return word.length() <= 2 && follows.length() > 1 ? PASS : GOES_ON;
    boolean numeral = NUMERAL.matcher(follows).matches() && !NO_NUMERALS.contains(follows);
    return numeral ? GOES_ON : PASS;
  }

  /** "etc. The" ends; "2 ft. 3" goes on. */
  private static Verdict beforeCapital(Stop stop) {
    int next = stop.nextLetter();
    String before = stop.wordBefore();
    boolean unit = !before.isEmpty() && Letters.isDigit(before.codePointBefore(before.length()));
    return Letters.isUpper(next) || Letters.isDigit(next) && !unit ? ENDS : GOES_ON;
  }

  /** "in the U.S. How" ends; "the U.S. Army" and "Acme Inc. (founded" go on. */
  private static Verdict beforeStarter(Stop stop) {
    if (stop.nextCharacter() == '(' || !Letters.isUpper(stop.nextLetter())) return GOES_ON;
    return stop.isIn(Key.STARTERS, stop.nextWord()) ? ENDS : GOES_ON;
  }
}
