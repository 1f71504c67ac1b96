package io.livemind.replay.recording;

import java.util.OptionalDouble;

/**
 * A piece of the prompt that the recorded system cut.
 *
 * @param seconds when it was closed, from the turn's start, where that was kept
 * @param text of the piece, white space included
 */
public record RecordedSegment(OptionalDouble seconds, String text) {
  public RecordedSegment {
    if (text.isEmpty()) throw new IllegalArgumentException("a segment must not be empty");
  }
}
