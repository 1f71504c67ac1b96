package io.livemind.cli.experiment;

import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import io.livemind.replay.latency.ArmLatency;
import io.livemind.replay.latency.LatencyConstants;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypedText;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.simulator.AnswerByMemory;
import io.livemind.simulator.LatencyModel;
import io.livemind.simulator.RecordedReply;
import io.livemind.simulator.RecordedSession;
import io.livemind.simulator.RecordedTurn;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the simulator serves to the session of a play: the recorded outputs of its arm. */
final class RecordedSessions {
  private static final Segmenter SENTENCES =
      new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 4_000));

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
    SessionOptions options = play.arm().options();
    boolean mayMissLast = options.getOnSubmit() == OnSubmit.CANCEL;
    RecordedReply answer = reply(outputs.answerText(), outputs.answer(), model(latency.answer()));
    Optional<RecordedReply> conventional = conventional(play.arm(), turn, outputs);
    boolean always = play.arm().answerLength() == AnswerLength.CONVENTIONAL;
    var recorded =
        new RecordedTurn(
            turn.prompt(),
            inferences,
            always ? conventional.orElse(answer) : answer,
            mayMissLast,
            drafts(turn));
    if (options.getDraftPauseMillis() > 0) recorded = recorded.drafting();
    return conventional.isPresent() && play.arm().answerLength() == AnswerLength.BY_MEMORY
        ? recorded.answering(
            new AnswerByMemory(conventional.get(), sentenceEnds(turn, inferences.size())))
        : recorded;
  }

  /**
   * The text of the arm's own answer, as long as the conventional one and in its time; empty where
   * the recording has none.
   */
  private static Optional<RecordedReply> conventional(Arm arm, Turn turn, ArmOutputs outputs) {
    return arm.conventional()
        .filter(other -> turn.outputs().containsKey(other.outputs()))
        .map(
            other ->
                reply(
                    outputs.answerText(),
                    turn.outputsOf(other.outputs()).answer(),
                    model(other.latency().answer())));
  }

  /**
   * Of as many sentences as were thought about when it was recorded, without the space behind them:
   * a segment may end before it. What follows a boundary, such as the options of a question, was
   * not thought about.
   */
  private static List<Integer> sentenceEnds(Turn turn, int recorded) {
    String thought = beforeBoundary(turn);
    List<Integer> ends =
        SENTENCES.finish(0, Carry.START, thought, ClosedBy.SUBMIT).cuts().stream()
            .map(cut -> thought.substring(0, cut.end()).stripTrailing().length())
            .limit(Math.max(1, recorded))
            .toList();
    return ends.isEmpty() ? List.of(thought.length()) : ends;
  }

  /** The prompt up to its last boundary; the whole prompt if it has none. */
  private static String beforeBoundary(Turn turn) {
    var text = new TypedText();
    String before = "";
    for (TypingEvent event : turn.typing()) {
      if (event instanceof Bounded) before = text.text();
      text.apply(event);
    }
    return before.isEmpty() ? text.text() : before;
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
