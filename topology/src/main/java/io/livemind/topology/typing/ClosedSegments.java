package io.livemind.topology.typing;

/** Read access to the closed segments of the turn that is typed. */
@FunctionalInterface
public interface ClosedSegments {
  /** The segment at this index, which is below {@link TypedPrompt#segments()}. */
  Segment get(int index);
}
