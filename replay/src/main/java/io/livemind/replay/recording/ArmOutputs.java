package io.livemind.replay.recording;

import java.util.List;
import java.util.Optional;

/**
 * What the models said in one arm, in one turn.
 *
 * @param inferences replies to the thinking calls, in order; empty in a conventional arm
 * @param answer the answer; its text was always kept
 * @param figures what the recorded run measured, if it did
 * @param segments pieces into which the prompt was cut, in order, where they were kept
 */
public record ArmOutputs(
    List<ModelReply> inferences,
    ModelReply answer,
    Optional<RecordedFigures> figures,
    List<RecordedSegment> segments) {
  public ArmOutputs {
    inferences = List.copyOf(inferences);
    segments = List.copyOf(segments);
    if (answer.recordedText().isEmpty())
      throw new IllegalArgumentException("an answer must have its text");
  }

  /** Outputs of which the segments were not kept. */
  public ArmOutputs(
      List<ModelReply> inferences, ModelReply answer, Optional<RecordedFigures> figures) {
    this(inferences, answer, figures, List.of());
  }

  /** The whole answer. */
  public String answerText() {
    return answer.recordedText().orElseThrow();
  }

  /** Model calls of the turn: the inferences and the answer. */
  public int calls() {
    return inferences.size() + 1;
  }
}
