package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Question;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingStyle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers to test questions are scored as the published runs were. */
class AnswerLetterTest {
  @Test
  void theFirstAnswerIsReadWithOrWithoutBrackets() {
    assertThat(AnswerLetter.of("So the answer is (C). No, the answer is (D).")).contains("C");
    assertThat(AnswerLetter.of("the answer is J")).contains("J");
    assertThat(AnswerLetter.of("The answer is (K), or it is A.")).isEmpty();
    assertThat(AnswerLetter.of(AnswerLetter.FORMAT)).isEmpty();
  }

  @Test
  void anArmIsScoredOverTheSessionsThatWereAnswered() {
    ReplayReport report =
        report(
            Arm.named("live"),
            ServedModels.UNKNOWN,
            Results.answered(asked("right"), "live", 0, 1, 2, "The answer is (B)."),
            Results.answered(asked("wrong"), "live", 0, 1, 2, "The answer is (A)."),
            Results.answered(asked("says nothing"), "live", 0, 1, 2, "I do not know."),
            Results.failed(asked("failed"), "live", "turn_deadline"));

    assertThat(report.arms().getFirst().accuracy()).hasValue(1.0 / 3);
    assertThat(report.sessions().get(0).correct()).contains(true);
    assertThat(report.sessions().get(3).correct()).isEmpty();
    assertThat(ReportText.format(report)).contains("accuracy").contains("33.3 %");
  }

  @Test
  void nothingIsScoredWherePromptsAreNoTestQuestions() {
    ReplayReport report =
        report(
            Arm.named("live"),
            ServedModels.UNKNOWN,
            Results.answered(Samples.recording("r"), "live", 0, 1, 2, "The answer is (B)."));

    assertThat(report.arms().getFirst().accuracy()).isEmpty();
    assertThat(ReportText.format(report)).doesNotContain("accuracy");
  }

  /** The recorded answer is served, whatever was thought before it: that says nothing. */
  @Test
  void noAccuracyIsClaimedForSimulatedAnswersWithoutTheRecordedMemory() {
    Arm arm = Arm.named("live").typed(TypingStyle.paste());
    SessionResult answered = Results.answered(asked("r"), arm, 0, 1, 2, "The answer is (B).");

    assertThat(report(arm, simulated(), answered).arms().getFirst().accuracy()).isEmpty();
    assertThat(report(arm, ServedModels.UNKNOWN, answered).arms().getFirst().accuracy())
        .hasValue(1);
  }

  private static ReplayReport report(Arm arm, ServedModels models, SessionResult... sessions) {
    return ReplayReport.of(Results.of(sessions), List.of(arm), 1, models, List.of());
  }

  private static ServedModels simulated() {
    return new ServedModels() {
      @Override
      public Optional<List<Interval>> times(String sessionId) {
        return Optional.empty();
      }

      @Override
      public Optional<Counts> counts(String sessionId) {
        return Optional.empty();
      }

      @Override
      public boolean simulated() {
        return true;
      }
    };
  }

  /** The right answer is B. */
  private static Recording asked(String id) {
    Recording recording = Samples.recording(id);
    Turn turn = recording.turns().getFirst();
    return recording.with(
        List.of(
            new Turn(0, turn.typing(), Optional.of(new Question("logic", "B")), turn.outputs())));
  }
}
