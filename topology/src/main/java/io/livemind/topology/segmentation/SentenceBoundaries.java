package io.livemind.topology.segmentation;

/** Ends of sentences and of lines that stand for themselves; further places on demand. */
final class SentenceBoundaries implements Boundaries {

  /** Asks at one character of running text whether a segment may end with it. */
  @FunctionalInterface
  interface Place {
    /** The end of the segment, or {@link Boundaries#NONE}. */
    int boundary(Window window, int index);
  }

  private final Place further;

  private SentenceBoundaries(Place further) {
    this.further = further;
  }

  static SentenceBoundaries sentences() {
    return new SentenceBoundaries((_, _) -> NONE);
  }

  /** Sentences that are cut further behind commas, semicolons and colons. */
  static SentenceBoundaries clauses() {
    return new SentenceBoundaries(ClauseMarks::boundary);
  }

  @Override
  public int first(Window window, Carry carry, int minimumLength) {
    return new SegmentReader(window, carry, minimumLength, further).read();
  }
}
