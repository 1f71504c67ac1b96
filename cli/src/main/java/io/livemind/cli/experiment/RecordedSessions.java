package io.livemind.cli.experiment;

import io.livemind.replay.latency.ArmLatency;
import io.livemind.replay.latency.LatencyConstants;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypedText;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.RecordedReply;
import io.livemind.simulator.RecordedSession;
import io.livemind.simulator.RecordedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the simulator serves to the session of a play: the recorded outputs of its arm. */
final class RecordedSessions {
  private RecordedSessions() {}

  static RecordedSession of(Play play) {
    return new RecordedSession(
        play.recording().turns().stream().map(turn -> turn(play, turn)).toList());
  }

  private static RecordedTurn turn(Play play, Turn turn) {
    ArmOutputs outputs = turn.outputsOf(play.arm().outputs());
    ArmLatency latency = play.arm().latency();
    LatencyModel thinking = model(latency.inference());
    List<RecordedReply> inferences =
        IntStream.range(0, outputs.inferences().size())
            .mapToObj(step -> inference(outputs.inferences().get(step), step, thinking))
            .toList();
    boolean mayMissLast = play.arm().options().getOnSubmit() == OnSubmit.CANCEL;
    return new RecordedTurn(
        turn.prompt(),
        inferences,
        reply(outputs.answerText(), outputs.answer(), model(latency.answer())),
        mayMissLast,
        drafts(turn));
  }

  /** The prompt as it stood before each edit. */
  private static List<String> drafts(Turn turn) {
    var text = new TypedText();
    var drafts = new ArrayList<String>();
    for (TypingEvent event : turn.typing()) {
      if (event instanceof Edited) drafts.add(text.text());
      text.apply(event);
    }
    return drafts;
  }

  private static RecordedReply inference(ModelReply reply, int step, LatencyModel latency) {
    return reply(reply.inferenceText(step), reply, latency);
  }

  private static RecordedReply reply(String text, ModelReply reply, LatencyModel latency) {
    return new RecordedReply(text, reply.promptTokens(), reply.completionTokens(), latency);
  }

  private static LatencyModel model(LatencyConstants constants) {
    return new LatencyModel(
        constants.overheadSeconds(),
        constants.secondsPerPromptToken(),
        constants.secondsPerCompletionToken());
  }
}
