package io.livemind.simulator;

import java.util.List;
import java.util.Optional;

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
 * @param byMemory how the answer depends on what was thought before it; empty: not at all
 * @param mayDraft whether an answer call may come before the prompt is complete, for a draft
 */
public record RecordedTurn(
    String prompt,
    List<RecordedReply> inferences,
    RecordedReply answer,
    boolean mayMissLast,
    List<String> drafts,
    Optional<AnswerByMemory> byMemory,
    boolean mayDraft) {
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

  /** A turn whose answer is always the recorded one, and is asked for when the prompt is whole. */
  public RecordedTurn(
      String prompt,
      List<RecordedReply> inferences,
      RecordedReply answer,
      boolean mayMissLast,
      List<String> drafts) {
    this(prompt, inferences, answer, mayMissLast, drafts, Optional.empty(), false);
  }

  /** The same with an answer that depends on what was thought before it. */
  public RecordedTurn answering(AnswerByMemory rule) {
    return new RecordedTurn(
        prompt, inferences, answer, mayMissLast, drafts, Optional.of(rule), mayDraft);
  }

  /** The same with answer calls that may come before the prompt is complete. */
  public RecordedTurn drafting() {
    return new RecordedTurn(prompt, inferences, answer, mayMissLast, drafts, byMemory, true);
  }
}
