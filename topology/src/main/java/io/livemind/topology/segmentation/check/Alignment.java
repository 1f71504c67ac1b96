package io.livemind.topology.segmentation.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares segments by what they say: white space does not count. Where an expected segment does
 * not occur in the text as it stands, because it was written with other quotes or without mark-up,
 * only its boundaries are compared.
 */
final class Alignment {
  private Alignment() {}

  static boolean same(String text, List<String> expected, List<String> actual) {
    List<String> wanted = visible(expected);
    List<String> found = visible(actual);
    if (wanted.equals(found)) return true;
    boolean asTheyStand = String.join("", wanted).equals(visible(text));
    return !asTheyStand && sameBoundaries(visible(text), wanted, found);
  }

  /**
   * Each boundary must lie between the characters that the expected segments end and begin with.
   */
  private static boolean sameBoundaries(String text, List<String> wanted, List<String> found) {
    if (wanted.size() != found.size()) return false;
    int read = 0;
    int boundary = 0;
    for (int i = 0; i < wanted.size(); i++) {
      int first = read;
      String segment = wanted.get(i);
      for (int k = 0; k < segment.length(); k++) {
        int at = text.indexOf(plain(segment.charAt(k)), read);
        if (at < 0) return false;
        if (k == 0) first = at;
        read = at + 1;
      }
      if (boundary > first) return false;
      boundary += found.get(i).length();
      if (boundary < read) return false;
    }
    return true;
  }

  static List<String> visible(List<String> segments) {
    List<String> result = new ArrayList<>();
    for (String segment : segments) if (!segment.isBlank()) result.add(visible(segment));
    return result;
  }

  static String visible(String text) {
    var result = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(c -> result.appendCodePoint(c < 0x10000 ? plain((char) c) : c));
    return result.toString();
  }

  private static char plain(char c) {
    return c == '`' ? '\'' : c;
  }
}
