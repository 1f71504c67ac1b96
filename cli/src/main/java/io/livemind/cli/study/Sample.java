package io.livemind.cli.study;

import io.livemind.replay.recording.Recording;
import java.util.List;
import java.util.stream.IntStream;

/** Recordings for a study: not all, since each is played in many arms. */
final class Sample {
  private Sample() {}

  /**
   * Recordings of one turn that think and answer in the arms of the paper.
   *
   * @param count at most so many, evenly from the whole file, so that no field of knowledge
   *     prevails
   * @param longestSeconds of typing as it was recorded
   */
  static List<Recording> of(List<Recording> recordings, int count, double longestSeconds) {
    List<Recording> fit =
        recordings.stream()
            .filter(one -> one.turns().size() == 1)
            .filter(
                one -> one.has("live-llm") && one.has("baseline-llm") && one.has("live-llm-slm"))
            .filter(one -> one.turns().getFirst().typingSeconds() <= longestSeconds)
            .toList();
    if (fit.size() <= count) return fit;
    return IntStream.range(0, count)
        .mapToObj(i -> fit.get((int) ((long) i * fit.size() / count)))
        .toList();
  }
}
