package io.livemind.integration;

import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.WordTyping;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.RecordedReply;
import io.livemind.simulator.RecordedSession;
import io.livemind.simulator.RecordedTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Short sessions that a test can tell apart: three sentences, three inferences, an answer of a
 * second.
 */
final class Sessions {
  private static final LatencyModel LATENCY = new LatencyModel(0.05, 0, 0.01);
  private static final double SECONDS_PER_CHARACTER = 0.015;
  private static final int INFERENCE_TOKENS = 20;
  private static final int ANSWER_TOKENS = 80;

  private Sessions() {}

  /** A session of its own texts, in the live arm. */
  static Play play(String name, Duration startOffset) {
    String prompt =
        "The harbour of "
            + name
            + " freezes in January. Ships wait outside until the ice breaks. How long do they wait?";
    List<TypingEvent> typing =
        new ArrayList<>(new WordTyping(SECONDS_PER_CHARACTER).type(prompt, 0));
    typing.add(new Submitted(typing.getLast().seconds()));
    List<ModelReply> inferences =
        List.of(inference(name, "freezes"), inference(name, "waits"), inference(name, "asks"));
    var answer = ModelReply.of("In " + name + " they wait. ".repeat(20), 60, ANSWER_TOKENS);
    var outputs = new ArmOutputs(inferences, answer, Optional.empty());
    var turn = new Turn(0, typing, Optional.empty(), Map.of("live", outputs));
    var recording = new Recording(name, name, "en", List.of(turn));
    return Play.of(recording, Arm.named("live"), startOffset);
  }

  private static ModelReply inference(String name, String what) {
    return ModelReply.of("action inference. " + name + " " + what + ".", 30, INFERENCE_TOKENS);
  }

  /** What the simulator serves for it, and holds the calls against. */
  static RecordedSession served(Play play) {
    List<RecordedTurn> turns = new ArrayList<>();
    for (Turn turn : play.recording().turns()) {
      ArmOutputs outputs = turn.outputsOf(play.arm().outputs());
      List<RecordedReply> inferences = new ArrayList<>();
      for (int step = 0; step < outputs.inferences().size(); step++) {
        ModelReply reply = outputs.inferences().get(step);
        inferences.add(served(reply.inferenceText(step), reply));
      }
      var answer = served(outputs.answerText(), outputs.answer());
      turns.add(new RecordedTurn(turn.prompt(), inferences, answer, true));
    }
    return new RecordedSession(turns);
  }

  private static RecordedReply served(String text, ModelReply reply) {
    return new RecordedReply(text, reply.promptTokens(), reply.completionTokens(), LATENCY);
  }
}
