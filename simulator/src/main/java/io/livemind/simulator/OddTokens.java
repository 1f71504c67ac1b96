package io.livemind.simulator;

/**
 * Cuts text into the oddest pieces that a model server may send: empty ones, white space alone, and
 * surrogate pairs cut in two. Joined, they are the text.
 */
final class OddTokens {
  private OddTokens() {}

  static void write(EventWriter writer, String text, int from, int to) {
    writer.content(text, from, from);
    int start = from;
    for (int i = from + 1; i < to; i++) {
      boolean insidePair = Character.isLowSurrogate(text.charAt(i));
      boolean spaceBorder =
          Character.isWhitespace(text.charAt(i)) != Character.isWhitespace(text.charAt(i - 1));
      if (!insidePair && !spaceBorder) continue;
      writer.content(text, start, i);
      start = i;
    }
    writer.content(text, start, to);
  }
}
