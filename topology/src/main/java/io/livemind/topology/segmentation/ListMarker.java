package io.livemind.topology.segmentation;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sign that a list item begins with: a bullet, or a number or letter with its brackets.
 *
 * @param text as it is written, without white space
 * @param end the unit behind it and behind the white space that follows
 */
record ListMarker(String text, int end) {
  private static final String BULLETS = "•◦‣⁃▪●■–-*+·";
  private static final String BULLETS_INSIDE_A_LINE = "•◦‣⁃▪●■";

  /** Bullets that may touch the text of their item. */
  private static final String TOUCHING_BULLETS = "•⁃▪●";

  private static final int LONGEST = 8;
  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\(?[0-9]{1,3}[.)]{1,2}|\\(?[a-zа-я][.)]{1,2}|\\(?[A-ZА-Я]\\)|\\(?[ivx]{1,5}[.)]{1,2}|[IVX]{1,5}[.)]");
  private static final Pattern BRACKETS = Pattern.compile("[().]");
  private static final String[] ROMAN = {
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"
  };

  /** The marker at this unit, at the beginning of a line or inside one; null: none. */
  static @Nullable ListMarker at(Window window, int index, boolean lineStart) {
    return read(window, index, lineStart ? BULLETS : BULLETS_INSIDE_A_LINE);
  }

  /** The marker at this unit in the middle of a line; null: none. */
  static @Nullable ListMarker insideLine(Window window, int index) {
    return at(window, index, false);
  }

  boolean isBullet() {
    return BULLETS.indexOf(text.charAt(0)) >= 0;
  }

  /** Whether this marker is the next one after that one in a list. */
  boolean follows(String previous) {
    if (previous.isEmpty()) return false;
    if (isBullet()) return text.equals(previous);
    String style = text.replaceAll("[^().]+", "1");
    if (!style.equals(previous.replaceAll("[^().]+", "1"))) return false;
    String now = BRACKETS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    String last = BRACKETS.matcher(previous).replaceAll("").toLowerCase(Locale.ROOT);
    if (Character.isDigit(now.charAt(0)) && Character.isDigit(last.charAt(0))) {
      return Integer.parseInt(now) == Integer.parseInt(last) + 1;
    }
    boolean letters =
        now.length() == 1 && last.length() == 1 && now.charAt(0) == last.charAt(0) + 1;
    int roman = roman(last);
    return letters || roman >= 0 && roman + 1 < ROMAN.length && ROMAN[roman + 1].equals(now);
  }

  private static int roman(String letters) {
    for (int i = 0; i < ROMAN.length; i++) if (ROMAN[i].equals(letters)) return i;
    return -1;
  }

  private static @Nullable ListMarker read(Window window, int index, String bullets) {
    int first = window.at(index);
    if (first == Window.END) return null;
    if (bullets.indexOf(first) >= 0) {
      int after = index + 1;
      boolean apart = Letters.isSpace(window.at(after));
      if (!apart && TOUCHING_BULLETS.indexOf(first) < 0) return null;
      return new ListMarker(Character.toString(first), afterSpaces(window, after));
    }
    if (first != '(' && !Character.isLetterOrDigit(first)) return null;
    int end = index;
    while (end - index < LONGEST && isMarkerPart(window.at(end))) end++;
    String text = window.slice(index, end);
    if (!NUMBERED.matcher(text).matches()) return null;
    if (!Letters.isSpace(window.at(end))) return null;
    return new ListMarker(text, afterSpaces(window, end));
  }

  private static boolean isMarkerPart(int c) {
    return c == '('
        || c == ')'
        || c == '.'
        || c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= 0x0410 && c <= 0x044F;
  }

  private static int afterSpaces(Window window, int index) {
    int i = index;
    while (Letters.isSpace(window.at(i)) && !Letters.isLineEnd(window.at(i))) i++;
    return i;
  }
}
