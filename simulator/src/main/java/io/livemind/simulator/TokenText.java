package io.livemind.simulator;

/**
 * A reply's text cut into as many pieces as it has tokens, of nearly the same length. No cut lies
 * inside a surrogate pair; where the text is shorter than its tokens, some pieces are empty, but
 * never the first. All pieces joined are the text.
 */
record TokenText(String text, int tokens) {
  TokenText {
    if (tokens < 1) throw new IllegalArgumentException("tokens must be 1 or more, are " + tokens);
  }

  /** Where the text of the first {@code count} tokens ends, in UTF-16 units. */
  int end(int count) {
    if (count <= 0) return 0;
    if (count >= tokens) return text.length();
    int end = (int) Math.ceilDiv((long) text.length() * count, tokens);
    boolean insidePair =
        end > 0
            && end < text.length()
            && Character.isLowSurrogate(text.charAt(end))
            && Character.isHighSurrogate(text.charAt(end - 1));
    return insidePair ? end + 1 : end;
  }

  /** The text of the tokens from {@code from} to {@code to}, exclusive. */
  String piece(int from, int to) {
    return text.substring(end(from), end(to));
  }
}
