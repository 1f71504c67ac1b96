package io.livemind.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well in a terminal and is Markdown. */
public final class Table {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table with these columns. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row with as many cells as there are columns. */
  public Table row(String... cells) {
    if (cells.length != header.size())
      throw new IllegalArgumentException(
          "a row must have " + header.size() + " cells, but has " + cells.length);
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, each column as wide as its widest cell. */
  public String markdown() {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = header.get(i).length();
      for (List<String> row : rows) widths[i] = Math.max(widths[i], row.get(i).length());
    }
    var text = new StringBuilder();
    append(text, header, widths);
    text.append('|');
    for (int width : widths) text.append("-".repeat(width + 2)).append('|');
    text.append('\n');
    rows.forEach(row -> append(text, row, widths));
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    text.append('|');
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
    }
    text.append('\n');
  }
}
