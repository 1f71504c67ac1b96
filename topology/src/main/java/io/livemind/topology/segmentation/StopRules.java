package io.livemind.topology.segmentation;

import static io.livemind.topology.segmentation.Verdict.ENDS;
import static io.livemind.topology.segmentation.Verdict.GOES_ON;
import static io.livemind.topology.segmentation.Verdict.PASS;

import io.livemind.topology.segmentation.Language.Key;
import java.util.List;
import java.util.function.Function;

/**
 * Does a sentence end at this stop? The rules in the order in which they are asked; the first that
 * speaks decides. When none does, the sentence ends: people type sentences that begin in lower
 * case, so a letter in lower case is evidence only beside other evidence.
 */
final class StopRules {
  private static final List<Function<Stop, Verdict>> RULES =
      List.of(
          StopRules::paragraph,
          StopRules::touching,
          StopRules::punctuationFollows,
          StopRules::nameWithStop,
          StopRules::ellipsis,
          StopRules::quotation,
          StopRules::attribution,
          FullStopRules::judge);

  private static final String CONTINUING = ",;:)]}%،؛，；：、/=";
  private static final int LINKING_REACH = 6;

  private StopRules() {}

  /**
   * Whether a stop begins at this unit. A mark that opens a word, as in "!Kung" or ".5", is none;
   * Armenian ends sentences with a colon, Greek questions with a semicolon.
   */
  static boolean mayStop(Window window, int index) {
    int c = window.at(index);
    int before = window.before(index);
    if (Letters.isUnspacedStop(c)) return true;
    if (c == ':') return Letters.isArmenian(before);
    if (c == ';') return Letters.isGreek(before);
    if (!Letters.isSpacedStop(c)) return false;
    return !Letters.isSpace(before) || !Letters.isLetter(window.at(index + 1));
  }

  static boolean ends(Stop stop) {
    for (Function<Stop, Verdict> rule : RULES) {
      Verdict verdict = rule.apply(stop);
      if (verdict != PASS) return verdict == ENDS;
    }
    return true;
  }

  /** An empty line ends everything. */
  private static Verdict paragraph(Stop stop) {
    return stop.marks().lineEnds() >= 2 ? ENDS : PASS;
  }

  /** Without a space behind it, only the stops of some scripts end a sentence: 3.5, example.org. */
  private static Verdict touching(Stop stop) {
    if (stop.isApart()) return PASS;
    if (Letters.isUnspacedStop(stop.mark())) {
      boolean inNumber = Letters.isFullStop(stop.mark()) && Letters.isDigit(stop.nextCharacter());
      return inNumber ? GOES_ON : PASS;
    }
    boolean asking = "!?".indexOf(stop.mark()) >= 0;
    boolean quoted = stop.hasClosers() && Letters.isUpper(stop.nextCharacter());
    if (quoted || asking && stop.nextCharacter() == '"') return PASS;
    boolean eastAsian =
        Letters.isEastAsian(stop.previousCharacter()) || Letters.isEastAsian(stop.nextCharacter());
    return asking && eastAsian ? PASS : GOES_ON;
  }

  /** "alone!, he yelled": no sentence begins with such a mark. A dash attributes speech. */
  private static Verdict punctuationFollows(Stop stop) {
    int c = stop.nextCharacter();
    if (CONTINUING.indexOf(c) >= 0) return GOES_ON;
    if (stop.marks().lineEnds() > 0) return PASS;
    boolean dash = Letters.isDash(c) && c != '-';
    return dash || c == '-' && Letters.isDigit(stop.previousCharacter()) ? GOES_ON : PASS;
  }

  /** "Yahoo! and": the stop belongs to a name. */
  private static Verdict nameWithStop(Stop stop) {
    for (String name : Languages.namesWithStops()) {
      if (stop.endsName(name) && !Letters.isUpper(stop.nextCharacter())) return GOES_ON;
    }
    return PASS;
  }

  /** "well ... maybe": an ellipsis ends a sentence only before a capital letter that starts one. */
  private static Verdict ellipsis(Stop stop) {
    boolean dots = stop.marks().dots() >= 3 || stop.marks().dots() == 2 && stop.standsAlone();
    if (!dots && stop.mark() != '…') return PASS;
    if (stop.beginsSegment()) return GOES_ON;
    if (stop.marks().dots() == 0 && stop.hasClosers() && stop.marks().lineEnds() > 0)
      return GOES_ON;
    if (stop.marks().dots() <= 3 && stop.marks().dots() > 0 && stop.standsAlone()) return GOES_ON;
    return Letters.isUpper(stop.nextLetter()) && "([".indexOf(stop.nextCharacter()) < 0
        ? ENDS
        : GOES_ON;
  }

  /**
   * «"Sure?" she said»: behind a closing mark, what begins in lower case belongs to the sentence.
   */
  private static Verdict quotation(Stop stop) {
    if (!stop.hasClosers()) return PASS;
    int next = stop.nextCharacter();
    if (Letters.isLower(next)) return GOES_ON;
    if (Letters.isUpper(next) || !Letters.isLetter(next) || stop.mark() == '.') return PASS;
    String following = stop.following(LINKING_REACH);
    String word = stop.nextWord();
    for (Language language : stop.languages()) {
      if (language.has(Key.LINKING, word)) return GOES_ON;
      if (!Letters.needsDictionary(next)) continue;
      for (String link : language.of(Key.LINKING)) if (following.startsWith(link)) return GOES_ON;
      if (Letters.isThai(next)) continue;
      for (String verb : language.of(Key.SPEECH)) if (following.contains(verb)) return GOES_ON;
    }
    return PASS;
  }

  /** "Stop! he cried". */
  private static Verdict attribution(Stop stop) {
    boolean asking = "!?".indexOf(stop.mark()) >= 0;
    if (!asking || !Letters.isLower(stop.nextCharacter())) return PASS;
    String first = stop.nextWord();
    String second = stop.wordAfterNext();
    return stop.isIn(Key.SPEECH, first) || stop.isIn(Key.SPEECH, second) ? GOES_ON : PASS;
  }
}
