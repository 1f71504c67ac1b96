package io.livemind.replay.recording;

import java.util.Optional;

/**
 * What a recorded run measured of one turn in one arm. Never an input of the simulator: only shown
 * beside what the replay measures.
 *
 * @param latencySeconds from the last character to the end of the whole answer
 * @param generationSeconds all model calls of the turn
 * @param overheadSeconds part of the latency in which an inference was waited for
 * @param correct whether the answer was the right one, where that is known
 */
public record RecordedFigures(
    double latencySeconds,
    double generationSeconds,
    double overheadSeconds,
    Optional<Boolean> correct) {
  public RecordedFigures {
    check("latency", latencySeconds);
    check("generation", generationSeconds);
    check("overhead", overheadSeconds);
    if (overheadSeconds > latencySeconds)
      throw new IllegalArgumentException(
          "overhead must be part of the latency of "
              + latencySeconds
              + " s, is "
              + overheadSeconds
              + " s");
  }

  /** The answer call alone. */
  public double answerSeconds() {
    return latencySeconds - overheadSeconds;
  }

  /** The thinking calls together. */
  public double inferenceSeconds() {
    return generationSeconds - answerSeconds();
  }

  private static void check(String name, double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0)
      throw new IllegalArgumentException(name + " must be 0 s or more, is " + seconds);
  }
}
