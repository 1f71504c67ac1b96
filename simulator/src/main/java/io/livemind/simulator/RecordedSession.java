package io.livemind.simulator;

import java.util.List;

/**
 * A conversation to serve from a recording.
 *
 * @param turns in order, at least one
 */
public record RecordedSession(List<RecordedTurn> turns) {
  public RecordedSession {
    turns = List.copyOf(turns);
    if (turns.isEmpty()) throw new IllegalArgumentException("a recorded session must have a turn");
  }
}
