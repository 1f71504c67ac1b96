package io.livemind.replay.play;

import java.util.List;

/**
 * What a replay has given.
 *
 * @param sessions in the order of the plays
 * @param lateness of the typing: how much later than intended the fragments were handed to the sink
 * @param stopped whether it was stopped before all sessions had ended
 */
public record PlayResult(List<SessionResult> sessions, Lateness lateness, boolean stopped) {
  public PlayResult {
    sessions = List.copyOf(sessions);
  }

  /**
   * Lateness of fragments, in seconds. It is part of the measured latency, which counts from the
   * intended moments.
   */
  public record Lateness(
      long fragments, double p50Seconds, double p99Seconds, double maximumSeconds) {}
}
