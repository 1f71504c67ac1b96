package io.livemind.simulator;

import java.util.function.LongConsumer;

/**
 * Cuts text into pieces of about the size of a language model's tokens: up to five letters or
 * digits with the space before them, or one other character. An estimate for text that nobody
 * counted; no model's real vocabulary.
 */
final class ApproximateTokens {
  private static final int LONGEST_PIECE = 5;

  /** From here on scripts write words of one or two characters (CJK and what follows). */
  private static final int FIRST_IDEOGRAPH = 0x2E80;

  private ApproximateTokens() {}

  /** Tokens of a reply: those of its text, at least the one that ends it. */
  static int completionTokens(String text) {
    return Math.max(1, count(text));
  }

  static int count(String text) {
    int[] count = new int[1];
    each(text, token -> count[0]++);
    return count[0];
  }

  /** Gives a number for each token in order; equal tokens have equal numbers. */
  static void each(String text, LongConsumer tokens) {
    int at = 0;
    while (at < text.length()) {
      int end = at;
      if (text.charAt(end) == ' ') end++;
      int letters = 0;
      while (end < text.length() && letters < LONGEST_PIECE && inWord(text.charAt(end))) {
        end++;
        letters++;
      }
      if (letters == 0 && end == at) end += Character.charCount(text.codePointAt(at));
      tokens.accept(hash(text, at, end));
      at = end;
    }
  }

  private static boolean inWord(char unit) {
    return unit < FIRST_IDEOGRAPH && Character.isLetterOrDigit(unit);
  }

  private static long hash(String text, int from, int to) {
    long hash = 0;
    for (int i = from; i < to; i++) hash = hash * 0x10001 + text.charAt(i) + 1;
    return hash;
  }
}
