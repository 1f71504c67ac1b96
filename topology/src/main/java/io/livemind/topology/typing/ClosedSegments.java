package io.livemind.topology.typing;

import java.util.function.Predicate;

/** Read access to the closed segments of the turn that is typed. */
@FunctionalInterface
public interface ClosedSegments {
  /**
   * Shows the segments before this index, the last one first, as long as the visitor wants more.
   * Each costs the same, however many there are.
   *
   * @param before at most {@link TypedPrompt#segments()}
   */
  void backwards(int before, Predicate<Segment> visitor);
}
