package io.livemind.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.ArmOutputs;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.simulator.RecordedSession;
import io.livemind.simulator.RecordedTurn;
import java.time.Duration;
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

  private static RecordedTurn served(Recording recording, String arm) {
    return RecordedSessions.of(Play.of(recording, Arm.named(arm), Duration.ZERO))
        .turns()
        .getFirst();
  }

  private static long edits(Recording recording) {
    return recording.turns().getFirst().typing().stream().filter(Edited.class::isInstance).count();
  }
}
