package io.livemind.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.ModelReply;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.simulator.RecordedSession;
import io.livemind.simulator.RecordedTurn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedSessionsTest {

  @Test
  void everyDemoSessionServesItsOwnOutputsInTheTimeOfItsArm() {
    for (Recording recording : DemoRecordings.load())
      for (Arm arm : Arm.demo()) {
        RecordedSession session = RecordedSessions.of(Play.of(recording, arm, Duration.ZERO));

        assertThat(session.turns()).hasSameSizeAs(recording.turns());
        RecordedTurn served = session.turns().getLast();
        ArmOutputs recorded = recording.turns().getLast().outputsOf(arm.outputs());
        assertThat(served.prompt()).isEqualTo(recording.turns().getLast().prompt());
        assertThat(served.answer().text()).isEqualTo(recorded.answerText());
        assertThat(served.inferences()).hasSameSizeAs(recorded.inferences());
        assertThat(served.answer().latency().secondsPerCompletionToken())
            .isEqualTo(arm.latency().answer().secondsPerCompletionToken());
      }
  }

  @Test
  void aLastInferenceMayBeMissingOnlyWhereItIsCancelledOnSubmit() {
    Recording recording = DemoRecordings.load().getFirst();

    assertThat(served(recording, "live").mayMissLast()).isTrue();
  }

  @Test
  void thePromptBeforeEachEditIsKnown() {
    Recording edited =
        DemoRecordings.load().stream()
            .filter(recording -> edits(recording) > 0)
            .findFirst()
            .orElseThrow();

    RecordedTurn served = served(edited, "live");

    assertThat(served.drafts()).hasSize((int) edits(edited)).doesNotContain(served.prompt());
  }

  /** A segment may end before the space, and the options were not thought about. */
  @Test
  void allOfAQuestionIsThoughtAboutWhenItsLastSentenceIs() {
    var typing =
        List.<TypingEvent>of(
            new Typed(1, "What is it? It is red."),
            new Bounded(1),
            new Typed(2, " Options are:\n(A): a\n"),
            new Submitted(2));
    ModelReply inference = ModelReply.of("action wait.", 10, 3);
    var outputs =
        Map.of(
            "live-llm",
            new ArmOutputs(
                List.of(inference, inference), ModelReply.of("A", 30, 1), Optional.empty()),
            "baseline-llm",
            new ArmOutputs(List.of(), ModelReply.of("It is A.", 30, 4), Optional.empty()));
    var turn = new Turn(0, typing, Optional.empty(), outputs);
    Arm arm = Arm.named("live-llm").answering(AnswerLength.BY_MEMORY);

    RecordedTurn served =
        RecordedSessions.of(
                Play.of(new Recording("r", "R", "en", List.of(turn)), arm, Duration.ZERO))
            .turns()
            .getFirst();

    assertThat(served.byMemory().orElseThrow().sentenceEnds()).containsExactly(11, 22);
  }

  private static RecordedTurn served(Recording recording, String arm) {
    return RecordedSessions.of(Play.of(recording, Arm.named(arm), Duration.ZERO))
        .turns()
        .getFirst();
  }

  private static long edits(Recording recording) {
    return recording.turns().getFirst().typing().stream().filter(Edited.class::isInstance).count();
  }
}
