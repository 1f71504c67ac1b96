package io.livemind.cli.view;

import java.io.PrintStream;
import java.util.List;

/**
 * Some lines at the bottom of a terminal that are drawn anew in place. The cursor is hidden
 * meanwhile; {@link #close} takes the lines away and shows it again.
 *
 * <p>Threading: one thread at a time.
 */
final class Screen implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  private static final String HIDE_CURSOR = ESCAPE + "?25l";
  private static final String SHOW_CURSOR = ESCAPE + "?25h";
  private static final String CLEAR_LINE_END = ESCAPE + "K";
  private static final String CLEAR_BELOW = ESCAPE + "J";

  private final PrintStream out;
  private int drawn;

  Screen(PrintStream out) {
    this.out = out;
    out.print(HIDE_CURSOR);
  }

  /** Replaces the lines; there must be fewer than the terminal has rows. */
  void draw(List<String> lines) {
    var frame = new StringBuilder(toTop());
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE_END).append("\r\n"));
    frame.append(CLEAR_BELOW);
    out.print(frame);
    out.flush();
    drawn = lines.size();
  }

  @Override
  public void close() {
    out.print(toTop() + CLEAR_BELOW + SHOW_CURSOR);
    out.flush();
    drawn = 0;
  }

  private String toTop() {
    return drawn == 0 ? "\r" : "\r" + ESCAPE + drawn + "A";
  }
}
