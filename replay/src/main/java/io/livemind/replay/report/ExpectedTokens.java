package io.livemind.replay.report;

import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.Sentences;
import io.livemind.replay.recording.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model will be asked for, told before it is: by the calls of the recorded runs, and where
 * there are none, by a thinking call for each sentence with replies of an assumed length. Fewer
 * calls are made where sentences are joined, and cached tokens are not known beforehand: so it is
 * about the most.
 *
 * @param model as arms name it
 * @param calls of all plays
 * @param prompt tokens
 * @param completion tokens
 */
public record ExpectedTokens(String model, long calls, long prompt, long completion) {
  /** Of the system message, about. */
  private static final int FRAME_TOKENS = 220;

  /** The mean of the published runs of a large model, rounded up. */
  private static final int THOUGHT_TOKENS = 45;

  /** The mean of the published conventional answers of a large model, rounded up. */
  private static final int ANSWER_TOKENS = 300;

  /** For each model that the plays call, by its name. */
  public static List<ExpectedTokens> of(List<Play> plays) {
    Map<String, ExpectedTokens> byModel = new TreeMap<>();
    for (Play play : plays)
      for (Turn turn : play.recording().turns()) {
        List<ModelReply> calls = calls(play, turn);
        String thinks = play.arm().options().getInferenceModel();
        String answers = play.arm().options().getOutputModel();
        for (ModelReply call : calls.subList(0, calls.size() - 1)) add(thinks, call, byModel);
        add(answers, calls.getLast(), byModel);
      }
    return List.copyOf(byModel.values());
  }

  private static void add(String model, ModelReply call, Map<String, ExpectedTokens> byModel) {
    var one = new ExpectedTokens(model, 1, call.promptTokens(), call.completionTokens());
    byModel.merge(model, one, ExpectedTokens::plus);
  }

  private ExpectedTokens plus(ExpectedTokens other) {
    return new ExpectedTokens(
        model, calls + other.calls, prompt + other.prompt, completion + other.completion);
  }

  /** The thinking ones and the answer. */
  private static List<ModelReply> calls(Play play, Turn turn) {
    @Nullable ArmOutputs recorded = turn.outputs().get(play.arm().outputs());
    var calls = new ArrayList<ModelReply>();
    if (recorded != null) {
      calls.addAll(recorded.inferences());
      calls.add(recorded.answer());
      return calls;
    }
    int thoughts = play.arm().live() ? Sentences.count(turn) : 0;
    int text = TokenEstimate.of(turn.prompt());
    for (int i = 0; i < thoughts; i++) {
      int read = FRAME_TOKENS + text * (i + 1) / thoughts + THOUGHT_TOKENS * i;
      calls.add(new ModelReply(Optional.empty(), read, THOUGHT_TOKENS));
    }
    int read = FRAME_TOKENS + text + THOUGHT_TOKENS * thoughts;
    calls.add(new ModelReply(Optional.empty(), read, ANSWER_TOKENS));
    return calls;
  }
}
