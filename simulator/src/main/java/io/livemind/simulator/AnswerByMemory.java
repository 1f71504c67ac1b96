package io.livemind.simulator;

import java.util.List;

/**
 * How an answer depends on what was thought before it, where that is not what was recorded: its
 * length, and the time that it takes, lie between those of the answer without any thinking and
 * those of the recorded one, by the share of the prompt's sentences that a thinking call had been
 * served for. A rule for replays, not a finding: nothing is known of what a model would have said.
 *
 * @param withoutMemory of the same prompt, with no thinking at all; its text is not served
 * @param sentenceEnds in the prompt, ascending, of the part that was thought about in the recorded
 *     run; at least one
 */
public record AnswerByMemory(RecordedReply withoutMemory, List<Integer> sentenceEnds) {
  public AnswerByMemory {
    sentenceEnds = List.copyOf(sentenceEnds);
    if (sentenceEnds.isEmpty())
      throw new IllegalArgumentException("sentenceEnds must have at least one");
  }

  /**
   * The answer after thinking about the beginning of the prompt.
   *
   * @param recorded after thinking about all of it
   * @param covered UTF-16 units
   */
  RecordedReply after(RecordedReply recorded, int covered) {
    double share =
        (double) sentenceEnds.stream().filter(end -> end <= covered).count() / sentenceEnds.size();
    return new RecordedReply(
        recorded.text(),
        (int) Math.round(between(withoutMemory.promptTokens(), recorded.promptTokens(), share)),
        (int)
            Math.round(
                between(withoutMemory.completionTokens(), recorded.completionTokens(), share)),
        between(withoutMemory.latency(), recorded.latency(), share));
  }

  private static LatencyModel between(LatencyModel none, LatencyModel all, double share) {
    return new LatencyModel(
        between(none.overheadSeconds(), all.overheadSeconds(), share),
        between(none.secondsPerPromptToken(), all.secondsPerPromptToken(), share),
        between(none.secondsPerCompletionToken(), all.secondsPerCompletionToken(), share));
  }

  private static double between(double none, double all, double share) {
    return none + (all - none) * share;
  }
}
