package io.livemind.topology.session;

import io.livemind.schemas.avro.DraftWhen;

/** What the machine may know of the typed prompt and of the history. */
public interface PromptView {
  /** The turn that is typed. */
  int turn();

  /** Its revision. */
  int revision();

  /** Its closed segments. */
  int segments();

  /** Whether its end looks like the end of a prompt; looks at the open text only. */
  boolean looksComplete(DraftWhen when);

  /** When its text last changed. */
  long typedAtMillis();

  /** Hash of its text up to the end of the segment before {@code segments}; one look-up. */
  long hashAt(int segments);

  /** UTF-16 units of its text up to there; one look-up. */
  int lengthAt(int segments);

  /** Its whole text; costs in proportion to it. */
  String text();

  /** The text of a submitted prompt that is still stored; costs in proportion to it. */
  String textOf(Submission submission);

  /** What is stored of earlier turns; one look-up. */
  History history();

  /**
   * Size of the history.
   *
   * @param firstTurn the first turn that is not in the summary
   * @param tokens estimate of what the summary and the turns take of a context window
   */
  record History(int firstTurn, int tokens) {}
}
