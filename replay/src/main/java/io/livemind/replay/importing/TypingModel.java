package io.livemind.replay.importing;

import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.replay.recording.WordTyping;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A person at a keyboard: types words at an uneven pace, thinks at the ends of clauses and
 * sentences, mistypes a word now and then and mends it, or pastes the whole prompt.
 *
 * <p>Guarantee: what is submitted is the text, whatever happened on the way; the same seed and text
 * give the same typing.
 *
 * @param charactersPerMinute while typing, without the pauses
 * @param clausePauseSeconds mean pause behind a comma and the like; behind the end of a sentence
 *     twice as long
 * @param typoShare of the words with four letters or more
 * @param pasteShare of the prompts
 * @param seed of all that is drawn
 */
public record TypingModel(
    double charactersPerMinute,
    double clausePauseSeconds,
    double typoShare,
    double pasteShare,
    long seed) {
  /** An average typist with the pace of the paper. */
  public static final TypingModel AVERAGE = new TypingModel(240, 0.4, 0.03, 0, 1);

  private static final double SECONDS_PER_MINUTE = 60;

  /** Of the time of a word: standard deviation, and how far it may be off. */
  private static final double UNEVENNESS = 0.25;

  private static final double MOST_UNEVEN = 0.7;

  /** Before what was mistyped is seen and mended, before a paste, before Enter. */
  private static final double SHORTEST_REACTION_SECONDS = 0.3;

  private static final double LONGEST_REACTION_SECONDS = 0.9;
  private static final int SHORTEST_MISTYPED = 4;

  public TypingModel {
    if (!(charactersPerMinute > 0) || Double.isInfinite(charactersPerMinute))
      throw new IllegalArgumentException(
          "characters per minute must be more than 0, but are " + charactersPerMinute);
    if (!(clausePauseSeconds >= 0) || Double.isInfinite(clausePauseSeconds))
      throw new IllegalArgumentException(
          "the pause at clauses must be 0 s or more, but is " + clausePauseSeconds);
    checkShare("typos", typoShare);
    checkShare("pasted prompts", pasteShare);
  }

  /**
   * The typing of a text, from its first key to its submit.
   *
   * @param text not blank
   * @param number of the prompt: another one is typed otherwise
   */
  public List<TypingEvent> type(String text, long number) {
    var random = new SplittableRandom(seed * 31 + number);
    var events = new ArrayList<TypingEvent>();
    double seconds;
    if (random.nextDouble() < pasteShare) {
      seconds = rounded(reaction(random));
      events.add(new Typed(seconds, text));
    } else {
      seconds = typeWords(text, events, random);
    }
    events.add(new Submitted(rounded(seconds + reaction(random))));
    return events;
  }

  private double typeWords(String text, List<TypingEvent> events, SplittableRandom random) {
    double seconds = 0;
    int position = 0;
    for (Typed word : new WordTyping(1).type(text, 0)) {
      String right = word.text();
      seconds = rounded(seconds + timeOf(right, random));
      String mistyped = random.nextDouble() < typoShare ? swapped(right, random) : right;
      events.add(new Typed(seconds, mistyped));
      if (!mistyped.equals(right)) {
        seconds = rounded(seconds + reaction(random) + timeOf(right, random));
        events.add(new Edited(seconds, position, mistyped.length(), right));
      }
      position += right.length();
      seconds += pauseBehind(right, random);
    }
    return seconds;
  }

  private double timeOf(String word, SplittableRandom random) {
    double mean = word.codePointCount(0, word.length()) * SECONDS_PER_MINUTE / charactersPerMinute;
    double uneven = Math.clamp(random.nextGaussian() * UNEVENNESS, -MOST_UNEVEN, MOST_UNEVEN);
    return mean * (1 + uneven);
  }

  private double pauseBehind(String word, SplittableRandom random) {
    String bare = word.stripTrailing();
    if (bare.isEmpty()) return 0;
    double factor =
        switch (bare.charAt(bare.length() - 1)) {
          case ',', ';', ':', '，', '、', '；', '：' -> 1;
          case '.', '!', '?', '。', '！', '？' -> 2;
          default -> 0;
        };
    return factor * clausePauseSeconds * 2 * random.nextDouble();
  }

  /** Two letters that stand beside each other change places; the word itself if it is short. */
  private static String swapped(String word, SplittableRandom random) {
    int letters = 0;
    while (letters < word.length() && isPlainLetter(word.charAt(letters))) letters++;
    if (letters < SHORTEST_MISTYPED) return word;
    int at = 1 + random.nextInt(letters - 2);
    return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
  }

  private static boolean isPlainLetter(char unit) {
    return Character.isLetter(unit) && !Character.isSurrogate(unit);
  }

  private static double reaction(SplittableRandom random) {
    return random.nextDouble(SHORTEST_REACTION_SECONDS, LONGEST_REACTION_SECONDS);
  }

  /** To milliseconds, as clients tell time. */
  private static double rounded(double seconds) {
    return Math.round(seconds * 1_000) / 1_000.0;
  }

  private static void checkShare(String what, double share) {
    if (!(share >= 0 && share <= 1))
      throw new IllegalArgumentException(
          "the share of " + what + " must be from 0 to 1, but is " + share);
  }
}
