package io.livemind.cli.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What somebody may have meant by a key that is not known. */
final class Nearest {
  /** More differences than this are no slip of the finger. */
  private static final int MOST_DIFFERENCES = 6;

  private Nearest() {}

  /** Advice, as the end of a message. */
  static String to(String name, List<Key<?>> keys) {
    String general = name.replaceAll("\\[[0-9]+]", "[*]");
    return keys.stream()
        .map(key -> Map.entry(key.name(), distance(general, key.name())))
        .filter(entry -> entry.getValue() <= MOST_DIFFERENCES)
        .min(Comparator.comparingInt(Map.Entry::getValue))
        .map(entry -> "did you mean " + Key.PREFIX + entry.getKey() + "?")
        .orElse("`livemind config doc` lists them all");
  }

  /** Letters to insert, delete or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) row[j] = j;
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
