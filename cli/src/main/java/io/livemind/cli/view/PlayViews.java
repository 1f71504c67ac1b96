package io.livemind.cli.view;

import java.io.PrintStream;
import java.time.Duration;

/** The view that fits what the output is connected to. */
public final class PlayViews {
  private PlayViews() {}

  /**
   * A live view where a person reads standard output; a line of progress where standard error is a
   * terminal; else nothing.
   *
   * @param terminal what the two streams are connected to
   * @param out standard output
   * @param err standard error
   * @param forPeople whether the result is text; a result for a program is kept clear of the view
   * @param heading what is played, and how
   * @param sessions of the replay
   * @param typing how long it takes from the first key to the last
   */
  public static PlayView of(
      Terminal terminal,
      PrintStream out,
      PrintStream err,
      boolean forPeople,
      String heading,
      int sessions,
      Duration typing) {
    long now = System.nanoTime();
    var tally = new Tally(heading, sessions, now, typing);
    if (forPeople && terminal.outputIsTerminal()) return new LiveView(out, terminal, tally);
    if (terminal.errorIsTerminal()) return new ProgressLine(err, terminal, tally, now);
    return PlayView.none();
  }
}
