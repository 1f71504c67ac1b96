package io.livemind.topology.typing;

import io.livemind.schemas.FailureCode;
import java.util.OptionalLong;

/** What a fragment did, in the order in which it did it. */
public sealed interface PromptChange {

  /** A piece of the prompt is closed. */
  record SegmentAdded(int turn, Segment segment) implements PromptChange {}

  /** Closed text was edited: only the segments before {@code keptSegments} still stand. */
  record Reopened(int turn, int revision, int keptSegments) implements PromptChange {}

  /** The prompt is complete, and all of it is closed. */
  record Submitted(int turn, int revision, int segments, long hash) implements PromptChange {}

  /** The client wants the answer of this turn to stop. */
  record CancelRequested(int turn) implements PromptChange {}

  /** The client wants the session to be gone. */
  record DeleteRequested() implements PromptChange {}

  /** A fragment was not taken; the limit is the bound that was met, where there is one. */
  record Refused(FailureCode code, long writer, long sequence, long expected, OptionalLong limit)
      implements PromptChange {}

  /** The fragment had its effect before: whoever waits for its outputs may have missed them. */
  record Repeated() implements PromptChange {}
}
