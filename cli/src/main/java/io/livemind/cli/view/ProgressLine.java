package io.livemind.cli.view;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.SessionResult;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * A replay in one line that is written over, for a terminal on standard error while the result goes
 * elsewhere.
 *
 * <p>Threading: one thread at a time.
 */
final class ProgressLine implements PlayView {
  private static final long BETWEEN_LINES_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final Tally tally;
  private final int columns;
  private long nextNanos;

  ProgressLine(PrintStream err, Terminal terminal, Tally tally, long nanos) {
    this.err = err;
    this.tally = tally;
    columns = terminal.columns();
    nextNanos = nanos;
  }

  @Override
  public void phase(String doing) {
    tally.phase(doing);
    show(System.nanoTime());
  }

  @Override
  public void started(Play play) {
    tally.started(System.nanoTime());
    showIfDue();
  }

  @Override
  public void typed(Play play, int turn, String prompt) {
    showIfDue();
  }

  @Override
  public void sessionEnded(Play play, SessionResult result) {
    tally.ended();
    showIfDue();
  }

  @Override
  public void close() {
    err.print(CLEAR_LINE);
    err.flush();
  }

  private void showIfDue() {
    long nanos = System.nanoTime();
    if (nanos - nextNanos >= 0) show(nanos);
  }

  private void show(long nanos) {
    err.print(CLEAR_LINE + Cells.head(tally.line(nanos), columns - 1));
    err.flush();
    nextNanos = nanos + BETWEEN_LINES_NANOS;
  }
}
