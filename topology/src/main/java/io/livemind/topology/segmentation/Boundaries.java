package io.livemind.topology.segmentation;

/** Finds where a segment ends by the rules of one granularity. */
sealed interface Boundaries permits SentenceBoundaries, WordBoundaries, CharacterBoundaries {

  /** No segment ends by a rule in the known text, or it cannot be told yet. */
  int NONE = -1;

  /**
   * The end of the segment that begins at the start of the window.
   *
   * <p>Guarantee: in a window behind which more may be typed, an answer other than {@link #NONE} is
   * the answer for every longer text too.
   *
   * @return a unit between the start and the limit of the window, or {@link #NONE}
   */
  int first(Window window, Carry carry, int minimumLength);
}
