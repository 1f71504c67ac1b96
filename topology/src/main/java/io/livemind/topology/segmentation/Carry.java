package io.livemind.topology.segmentation;

import java.util.regex.Pattern;

/**
 * What the segmenter remembers of the closed text. Whoever holds the carry after a segment can go
 * on cutting behind it without the text before.
 *
 * @param midLine whether the closed text ends inside a line
 * @param fence the length of the code fence that is open, positive for back-ticks and negative for
 *     tildes, at most 99 of each; 0: the closed text ends outside a code block
 * @param language two lower-case letters: the language of the Latin letters in the closed text as
 *     far as it is known; empty: not known
 */
public record Carry(boolean midLine, int fence, String language) {
  private static final int LONGEST_FENCE = 99;
  private static final Pattern LANGUAGE = Pattern.compile("|[a-z]{2}");
  private static final Pattern ENCODED = Pattern.compile("([lm])(-?[0-9]{1,2})([a-z]{2})?");

  /** Before the first character of a prompt. */
  public static final Carry START = new Carry(false, 0, "");

  public Carry {
    if (Math.abs(fence) > LONGEST_FENCE || !LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException(
          "a carry has a fence of at most "
              + LONGEST_FENCE
              + " and a language of two letters or none");
    }
  }

  /** Short ASCII text; empty for {@link #START}. */
  public String encode() {
    return equals(START) ? "" : (midLine ? "m" : "l") + fence + language;
  }

  /**
   * The inverse of {@link #encode()}.
   *
   * @throws IllegalArgumentException when the text is no encoded carry
   */
  public static Carry decode(String encoded) {
    if (encoded.isEmpty()) return START;
    var parts = ENCODED.matcher(encoded);
    if (!parts.matches()) throw new IllegalArgumentException("not an encoded carry");
    String language = parts.group(3);
    return new Carry(
        parts.group(1).equals("m"),
        Integer.parseInt(parts.group(2)),
        language == null ? "" : language);
  }

  /** The carry after a further segment. */
  Carry after(String segment) {
    return new Carry(!endsLine(segment), fenceAfter(segment), Languages.guess(segment, language));
  }

  private boolean endsLine(String segment) {
    for (int i = segment.length(); i > 0; i--) {
      char c = segment.charAt(i - 1);
      if (Letters.isLineEnd(c)) return true;
      if (!Letters.isSpace(c)) return false;
    }
    return !midLine;
  }

  private int fenceAfter(String segment) {
    var window = new Window(segment, 0, segment.length(), Window.Beyond.NOTHING);
    int open = fence;
    int lineStart = midLine && fence == 0 ? Code.endOfLine(window, 0) + 1 : 0;
    while (lineStart < segment.length()) {
      int lineEnd = Code.endOfLine(window, lineStart);
      int first = lineStart;
      while (first < lineEnd && Letters.isSpace(segment.charAt(first))) first++;
      if (open == 0) {
        open = Code.openingFence(window, first);
      } else if (Code.closesBlock(window, lineStart, lineEnd, open)) {
        open = 0;
      }
      lineStart = lineEnd + 1;
    }
    return open;
  }
}
