package io.livemind.simulator;

import java.util.List;

/**
 * One recorded prompt and what the models said to it.
 *
 * @param prompt the whole text that the user submitted
 * @param inferences what thinking calls are served, in order
 * @param answer what the answer call is served
 * @param mayMissLast whether the answer call may lack the inference that was served last: so where
 *     an inference that still runs at submit is cancelled
 * @param drafts the text just before each edit that did more than append, in any order; empty where
 *     the prompt only grew. A thinking call may show the beginning of any of them; what was
 *     concluded from text that the prompt does not begin with must not be in the answer call
 */
public record RecordedTurn(
    String prompt,
    List<RecordedReply> inferences,
    RecordedReply answer,
    boolean mayMissLast,
    List<String> drafts) {
  public RecordedTurn {
    if (prompt.isEmpty()) throw new IllegalArgumentException("prompt must not be empty");
    inferences = List.copyOf(inferences);
    drafts = List.copyOf(drafts);
  }

  /** A turn whose prompt only grew. */
  public RecordedTurn(
      String prompt, List<RecordedReply> inferences, RecordedReply answer, boolean mayMissLast) {
    this(prompt, inferences, answer, mayMissLast, List.of());
  }
}
