package io.livemind.topology.segmentation;

import io.livemind.topology.segmentation.Language.Key;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which languages' lists hold at a place. A script that one language stands for needs no guess; in
 * the Latin script the language with most common words and letters in the text wins, and while none
 * does, all lists hold.
 */
final class Languages {
  private static final Language ANY = Language.read("any");
  private static final List<Language> LATIN =
      Stream.of("en", "de", "fr", "es", "it", "nl", "da", "pl", "pt").map(Language::read).toList();
  private static final List<Language> ALL_LATIN =
      Stream.concat(Stream.of(ANY), LATIN.stream()).toList();
  private static final Map<String, List<Language>> BY_CODE =
      LATIN.stream().collect(Collectors.toMap(Language::code, one -> List.of(one, ANY)));
  private static final Map<UnicodeScript, List<Language>> BY_SCRIPT =
      Map.of(
          UnicodeScript.CYRILLIC, List.of(Language.read("ru")),
          UnicodeScript.GREEK, List.of(Language.read("el")),
          UnicodeScript.ARABIC, List.of(Language.read("ar")),
          UnicodeScript.DEVANAGARI, List.of(Language.read("hi")),
          UnicodeScript.THAI, List.of(Language.read("th")),
          UnicodeScript.HAN, List.of(Language.read("zh"), Language.read("ja")),
          UnicodeScript.HIRAGANA, List.of(Language.read("ja")),
          UnicodeScript.KATAKANA, List.of(Language.read("ja")));
  private static final List<Language> ALL =
      Stream.concat(ALL_LATIN.stream(), BY_SCRIPT.values().stream().flatMap(List::stream))
          .distinct()
          .toList();

  private static final Map<String, String> COMMON = owners(Key.COMMON);
  private static final Map<String, String> NAMES = owners(Key.NAME);

  private Languages() {}

  /**
   * The languages of the words of this script in a text whose Latin language is guessed as that.
   */
  static List<Language> of(UnicodeScript script, String latinGuess) {
    List<Language> latin = BY_CODE.getOrDefault(latinGuess, ALL_LATIN);
    return BY_SCRIPT.getOrDefault(script, latin);
  }

  /** Every name with a stop in it, in lower case. */
  static Iterable<String> namesWithStops() {
    return NAMES.keySet();
  }

  /**
   * The Latin language of a text.
   *
   * @param before what was guessed of the text before: it decides a tie, and a text without
   *     evidence
   * @return a code, or "" when nothing speaks for any language
   */
  static String guess(CharSequence text, String before) {
    int[] votes = new int[LATIN.size()];
    int wordStart = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean inWord =
          i < text.length() && (Character.isLetter(text.charAt(i)) || text.charAt(i) == '\'');
      if (i < text.length()) voteLetter(text.charAt(i), votes);
      if (inWord) continue;
      if (isWord(text, wordStart, i)) {
        voteWord(Language.fold(text.subSequence(wordStart, i).toString()), votes);
      }
      wordStart = i + 1;
    }
    int most = Arrays.stream(votes).max().orElse(0);
    if (most == 0) return before;
    List<String> winners = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) if (votes[i] == most) winners.add(LATIN.get(i).code());
    if (winners.size() == 1) return winners.getFirst();
    return winners.contains(before) ? before : "";
  }

  /** One letter is a word in too many languages; but not one with an accent. */
  private static boolean isWord(CharSequence text, int from, int to) {
    return to - from > 1 || to > from && text.charAt(from) >= 0x80;
  }

  private static void voteWord(String word, int[] votes) {
    String owners = COMMON.getOrDefault(word, "");
    for (int i = 0; i < votes.length; i++) {
      if (owners.contains(LATIN.get(i).code())) votes[i]++;
    }
  }

  private static void voteLetter(char letter, int[] votes) {
    if (letter < 0x80) return;
    String lower = Language.fold(String.valueOf(letter));
    for (int i = 0; i < votes.length; i++) {
      for (String letters : LATIN.get(i).of(Key.LETTERS)) {
        if (letters.contains(lower)) votes[i]++;
      }
    }
  }

  /** Every word of a list, with the codes of the languages that have it. */
  private static Map<String, String> owners(Key key) {
    return ALL.stream()
        .flatMap(
            language -> language.of(key).stream().map(word -> Map.entry(word, language.code())))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one + " " + other));
  }
}
