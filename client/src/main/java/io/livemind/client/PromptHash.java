package io.livemind.client;

import java.util.HexFormat;

/**
 * Hash of a prompt as the pipeline computes it: two 32-bit lanes of FNV-1a over UTF-16 units. It
 * tells apart texts that differ by mistake; it is no protection against anybody.
 */
final class PromptHash {
  private static final int FIRST_SEED = 0x811c9dc5;
  private static final int SECOND_SEED = 0x01234567;
  private static final int FIRST_PRIME = 0x01000193;
  private static final int SECOND_PRIME = 0x85ebca6b;

  private PromptHash() {}

  /** 16 hexadecimal digits. */
  static String of(String text) {
    int first = FIRST_SEED;
    int second = SECOND_SEED;
    for (int i = 0; i < text.length(); i++) {
      first = (first ^ text.charAt(i)) * FIRST_PRIME;
      second = (second ^ text.charAt(i)) * SECOND_PRIME;
    }
    return HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(second);
  }
}
