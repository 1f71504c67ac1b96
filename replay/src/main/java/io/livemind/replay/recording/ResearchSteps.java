package io.livemind.replay.recording;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.avro.ActionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An arm of the published results of which all texts were kept: for each step the text that was
 * newly read and what the model said to it, the last step being the answer.
 *
 * <p>Tokens were not kept and are estimated from the texts ({@link TokenEstimate}). Of a step with
 * several outputs the first is the inference; what the authors' program said beyond it is the
 * summary that replaces older inferences, which is no reply to a thinking call and is left out.
 */
final class ResearchSteps {
  /** Tokens of the paper's system prompt, about. */
  private static final int SYSTEM_TOKENS = 150;

  private ResearchSteps() {}

  static ArmOutputs outputs(JsonLine arm, JsonLine steps) {
    List<JsonLine> inOrder = steps.elements();
    if (inOrder.isEmpty())
      throw new IllegalArgumentException("steps must have at least the answer");
    var inferences = new ArrayList<ModelReply>();
    int promptTokens = SYSTEM_TOKENS;
    for (JsonLine step : inOrder.subList(0, inOrder.size() - 1)) {
      String reply = firstOutput(step);
      promptTokens += TokenEstimate.of(step.field("text").text());
      inferences.add(reply(reply, promptTokens));
      boolean kept = ActionReply.parse(reply, ActionSet.COMPLETE).isPresent();
      if (kept) promptTokens += TokenEstimate.of(reply);
    }
    JsonLine last = inOrder.getLast();
    promptTokens += TokenEstimate.of(last.field("text").text());
    var answer = reply(firstOutput(last), promptTokens);
    return new ArmOutputs(
        inferences, answer, Optional.of(ResearchImporter.figures(arm)), segments(inOrder));
  }

  /** Those that the model was shown while the prompt was typed; the rest came with the submit. */
  private static List<RecordedSegment> segments(List<JsonLine> steps) {
    return steps.subList(0, steps.size() - 1).stream()
        .map(step -> new RecordedSegment(OptionalDouble.empty(), step.field("text").text()))
        .toList();
  }

  private static String firstOutput(JsonLine step) {
    List<JsonLine> outputs = step.field("outputs").elements();
    if (outputs.isEmpty())
      throw new IllegalArgumentException("outputs of a step must not be empty");
    return outputs.getFirst().text();
  }

  private static ModelReply reply(String text, int promptTokens) {
    return ModelReply.of(text, promptTokens, TokenEstimate.of(text));
  }
}
