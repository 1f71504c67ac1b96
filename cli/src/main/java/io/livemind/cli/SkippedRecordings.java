package io.livemind.cli;

import io.livemind.replay.recording.RecordingException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What of a file cannot be read: ends the command, or is counted where the user wants that. */
final class SkippedRecordings implements Consumer<RecordingException> {
  private static final int MOST_TOLD = 5;

  private final boolean goOn;
  private final List<String> told = new ArrayList<>();
  private int count;

  /**
   * @param goOn whether they are counted
   */
  SkippedRecordings(boolean goOn) {
    this.goOn = goOn;
  }

  @Override
  public void accept(RecordingException problem) {
    if (!goOn) throw problem;
    count++;
    if (told.size() < MOST_TOLD) told.add(String.valueOf(problem.getMessage()));
  }

  /** Says how many, and what was wrong with the first ones; nothing if all was well. */
  void tell(PrintStream err) {
    if (count == 0) return;
    err.println("livemind: skipped " + count + " that cannot be read (--skip-bad):");
    told.forEach(problem -> err.println("  " + problem));
    if (count > told.size()) err.println("  …");
  }
}
