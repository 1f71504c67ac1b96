package io.livemind.schemas;

/**
 * Running hash of a prompt's text: {@code append(append(EMPTY, a), b) == of(a + b)}.
 *
 * <p>Two 32-bit lanes of FNV-1a over UTF-16 units, with different offset bases and multipliers, so
 * that a browser computes it with {@code Math.imul}. It finds text that got lost, not text that
 * somebody forged: a client can only lie about its own prompt.
 */
public final class TextHash {
  /** Hash of the empty text. */
  public static final long EMPTY = combine(0x811c9dc5, 0x01234567);

  private static final int FIRST_PRIME = 0x01000193;
  private static final int SECOND_PRIME = 0x85ebca6b;

  private TextHash() {}

  public static long of(CharSequence text) {
    return append(EMPTY, text);
  }

  /** Hash of the text that {@code hash} stands for, followed by {@code text}. */
  public static long append(long hash, CharSequence text) {
    int first = (int) (hash >>> 32);
    int second = (int) hash;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      first = (first ^ unit) * FIRST_PRIME;
      second = (second ^ unit) * SECOND_PRIME;
    }
    return combine(first, second);
  }

  private static long combine(int first, int second) {
    return ((long) first << 32) | (second & 0xffffffffL);
  }
}
