package io.livemind.cli.view;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;

/**
 * Text as a terminal shows it, in cells: an ideograph takes two, a combining mark none. What a user
 * or a model wrote is made harmless: it cannot move the cursor, colour the screen or turn the
 * direction of the line.
 */
final class Cells {
  private static final String ELLIPSIS = "…";

  private Cells() {}

  /** The text on one line, without control and formatting characters. */
  static String plain(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isWhitespace(point) || Character.getType(point) == Character.CONTROL) {
                if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') plain.append(' ');
              } else if (isShown(point)) {
                plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }

  /** How many cells a plain text takes. */
  static int width(String plain) {
    return plain.codePoints().map(Cells::width).sum();
  }

  /** As much of the beginning as fits, with an ellipsis if that is not all. */
  static String head(String plain, int cells) {
    if (width(plain) <= cells) return plain;
    int end = 0;
    for (int taken = 0; end < plain.length(); ) {
      int point = plain.codePointAt(end);
      taken += width(point);
      if (taken > cells - 1) break;
      end += Character.charCount(point);
    }
    return plain.substring(0, end) + ELLIPSIS;
  }

  /** As much of the end as fits, after an ellipsis if that is not all. */
  static String tail(String plain, int cells) {
    if (width(plain) <= cells) return plain;
    int start = plain.length();
    for (int taken = 0; start > 0; ) {
      int point = plain.codePointBefore(start);
      taken += width(point);
      if (taken > cells - 1) break;
      start -= Character.charCount(point);
    }
    return ELLIPSIS + plain.substring(start);
  }

  /** The text with spaces behind it, so that it takes so many cells at least. */
  static String padded(String plain, int cells) {
    return plain + " ".repeat(Math.max(0, cells - width(plain)));
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int width(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default ->
          switch (UCharacter.getIntPropertyValue(point, UProperty.EAST_ASIAN_WIDTH)) {
            case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
            default -> 1;
          };
    };
  }
}
