package io.livemind.replay.play;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of one session.
 *
 * @param play what was played
 * @param turns that were submitted or failed, in order
 * @param failure code of the turn that ended the session early; empty if all turns were answered
 */
public record SessionResult(Play play, List<TurnResult> turns, Optional<String> failure) {
  public SessionResult {
    turns = List.copyOf(turns);
  }

  /** Whether every turn has a whole answer that is the recorded one. */
  public boolean equalToRecorded() {
    return failure.isEmpty() && turns.stream().allMatch(TurnResult::equalToRecorded);
  }

  /** Mean response latency of the turns; only of a session that did not fail. */
  public double meanLatencySeconds() {
    return turns.stream()
        .mapToDouble(turn -> turn.latencySeconds().orElseThrow())
        .average()
        .orElseThrow();
  }

  /** Mean time to the first text of the turns that had any; empty if none had. */
  public OptionalDouble meanFirstTokenSeconds() {
    return turns.stream()
        .map(TurnResult::firstTokenSeconds)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }
}
