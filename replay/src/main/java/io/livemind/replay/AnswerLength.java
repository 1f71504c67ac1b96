package io.livemind.replay;

/** How long simulated answers are in an arm whose memory may not be the recorded one. */
public enum AnswerLength {
  /** As recorded, whatever was thought before: right where the recorded thinking is reproduced. */
  RECORDED,
  /**
   * Between the conventional answer's and the recorded one's, by the share of sentences that were
   * thought about.
   */
  BY_MEMORY,
  /** As long as the conventional answer, whatever was thought before. */
  CONVENTIONAL
}
