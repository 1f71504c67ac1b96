package io.livemind.replay.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of text for a terminal: the first column to the left, the others to the right. Columns
 * are as wide as their widest cell, wide characters counted as two.
 *
 * <p>Threading: one thread at a time.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; all rows have as many cells as the first one. */
  void row(List<String> cells) {
    if (!rows.isEmpty() && cells.size() != rows.getFirst().size())
      throw new IllegalArgumentException("all rows must have the same number of cells");
    rows.add(List.copyOf(cells));
  }

  /** The lines, each with its line feed, without white space at their ends. */
  String format() {
    if (rows.isEmpty()) return "";
    var widths = new ArrayList<>(Collections.nCopies(rows.getFirst().size(), 0));
    for (var row : rows)
      for (int i = 0; i < row.size(); i++)
        widths.set(i, Math.max(widths.get(i), width(row.get(i))));
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String padding = " ".repeat(widths.get(i) - width(row.get(i)));
        if (i > 0) line.append(GAP).append(padding).append(row.get(i));
        else line.append(row.get(i)).append(padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** As a table of Markdown. */
  String markdown() {
    if (rows.isEmpty()) return "";
    var text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0)
        text.append("|---|").append("---:|".repeat(rows.getFirst().size() - 1)).append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePoints().map(Table::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) return 0;
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
      default -> 1;
    };
  }
}
