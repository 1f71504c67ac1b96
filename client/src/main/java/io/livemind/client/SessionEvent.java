package io.livemind.client;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What a gateway says of a session. Each is one JSON object of docs/http-api.md. */
public sealed interface SessionEvent {

  /** An event of the log: it belongs to a turn. */
  sealed interface OfTurn extends SessionEvent {
    int turn();
  }

  /** The session exists. */
  record Opened(int turn) implements OfTurn {}

  /** A piece of the prompt is cut; later pieces that were known are gone. */
  record SegmentClosed(int turn, int index, int start, int end, String closedBy)
      implements OfTurn {}

  /** An edit dropped the other segments and inferences. */
  record Revised(int turn, int revision, int keptSegments, int keptInferences) implements OfTurn {}

  /** The model thinks about the segments before {@code segments}. */
  record InferenceStarted(int turn, int step, int segments) implements OfTurn {}

  /** What it concluded. */
  record Inferred(int turn, int step, String action, int segments, String text, Usage usage)
      implements OfTurn {}

  /** That call came to nothing. */
  record InferenceDropped(int turn, int step, String code) implements OfTurn {}

  /** A draft answer is made before the prompt is submitted. */
  record DraftStarted(int turn, int step) implements OfTurn {}

  /** It is whole, and held. */
  record DraftHeld(int turn, int step) implements OfTurn {}

  /** It became the answer, or was dropped. */
  record DraftEnded(int turn, int step, boolean released, Usage usage) implements OfTurn {}

  /** A fragment was not taken. */
  record Rejected(int turn, String code, String message, long writer, long sequence, long expected)
      implements OfTurn {}

  /** The answer begins. */
  record Started(int turn, int attempt, String execution, String model) implements OfTurn {}

  /** The next {@code count} pieces of the answer; the first is number {@code index}. */
  record Delta(int turn, int attempt, String execution, int index, int count, String text)
      implements OfTurn {}

  /** The turn has ended with this text. */
  record Completed(int turn, String text, Usage usage) implements OfTurn {}

  /** The turn has ended without an answer. */
  record Failed(int turn, String code, String message) implements OfTurn {}

  /** The turn was stopped; this text stays. */
  record Cancelled(int turn, String text) implements OfTurn {}

  /** The client continues where it was: what it missed follows. */
  record Resumed() implements SessionEvent {}

  /**
   * Everything that is known of the session; forget what you knew.
   *
   * @param recovered false if some of it is lost: of turns that ended, the ends are there
   */
  record Snapshot(boolean recovered, List<SessionEvent> events) implements SessionEvent {
    public Snapshot {
      events = List.copyOf(events);
    }
  }

  /** Nothing is missed any more. */
  record CaughtUp() implements SessionEvent {}

  /** The gateway ends the connection, see docs/http-api.md. */
  record Closed(String code) implements SessionEvent {}

  /**
   * A request was refused; the session goes on unless it says otherwise.
   *
   * @param sequence of the fragment that was refused, if it was one
   * @param retryAfter when the same may succeed; zero if waiting does not help
   */
  record Refused(String code, String message, OptionalLong sequence, Duration retryAfter)
      implements SessionEvent {}

  /** A kind of event that this client does not know yet. */
  record Unknown(String type) implements SessionEvent {}
}
