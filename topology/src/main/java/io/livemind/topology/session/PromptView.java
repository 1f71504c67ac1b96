package io.livemind.topology.session;

/** What the machine may know of the typed prompt. */
public interface PromptView {
  /** The turn that is typed. */
  int turn();

  /** Its revision. */
  int revision();

  /** Its closed segments. */
  int segments();

  /** Hash of its text up to the end of the segment before {@code segments}. */
  long hashAt(int segments);
}
