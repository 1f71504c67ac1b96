package io.livemind.simulator;

import java.util.List;

/**
 * How the calls of a recorded session compare with the recording, all turns together. Only what was
 * served to the end counts as served, and a step that was asked for again counts once.
 *
 * @param servedInferences recorded inferences that were served
 * @param surplusInferences thinking calls beyond the recorded ones, which were answered {@code
 *     wait}
 * @param unservedInferences recorded inferences that were never served
 * @param servedAnswers recorded answers that were served
 * @param violations calls that broke a rule, the first {@value #VIOLATION_LIMIT} of them
 */
public record RecordedCounts(
    int servedInferences,
    int surplusInferences,
    int unservedInferences,
    int servedAnswers,
    List<Violation> violations) {
  /** Further violations of a session are refused like the others, but not kept. */
  public static final int VIOLATION_LIMIT = 100;

  public RecordedCounts {
    violations = List.copyOf(violations);
  }

  /**
   * A call that was answered with status 422.
   *
   * @param turn that the call named
   * @param step that the call named
   * @param rule that it broke
   * @param reason in words and numbers, without any text of the conversation
   */
  public record Violation(int turn, int step, RecordedRule rule, String reason) {}
}
