package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.replay.Arm;
import io.livemind.replay.JsonSchema;
import io.livemind.replay.Samples;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayReportTest {
  private static final List<Arm> ARMS = List.of(Arm.named("live"), Arm.named("conventional"));

  private final Recording small = Samples.timed("small", 3, 4, 8);
  private final Recording large = Samples.timed("large", 21, 2, 20);
  private final PlayResult result =
      Results.of(
          Results.answered(small, "live", 1_000, 1_100, 1_400),
          Results.answered(small, "conventional", 1_000, 1_200, 1_800),
          Results.answered(large, "live", 1_000, 1_050, 1_200),
          Results.answered(large, "conventional", 1_000, 1_250, 3_000));

  @Test
  void meansAreThoseOfTheMeasuredSecondsAndNothingIsRescaled() {
    ArmFigures live = report(result).arms().getFirst();

    assertThat(live.latency().orElseThrow().meanSeconds()).isCloseTo(0.3, within(1e-9));
    assertThat(live.firstToken().orElseThrow().meanSeconds()).isCloseTo(0.075, within(1e-9));
    assertThat(live.recordedMeanSeconds().orElseThrow()).isCloseTo(3, within(1e-9));
    assertThat(live.recordedAccuracy().orElseThrow()).isEqualTo(1);
    assertThat(live.equalToRecorded()).isEqualTo(2);
  }

  @Test
  void anAnswerWithoutTextHasALatencyAndNoFirstToken() {
    var empty =
        new TurnResult(
            0,
            7,
            2,
            1,
            1_000_000_000,
            OptionalLong.empty(),
            OptionalLong.of(1_500_000_000),
            "",
            false,
            Optional.empty(),
            List.of());
    ArmFigures live = report(Results.of(Results.session(small, "live", empty))).arms().getFirst();

    assertThat(live.failed()).isZero();
    assertThat(live.latency().orElseThrow().meanSeconds()).isCloseTo(0.5, within(1e-9));
    assertThat(live.firstToken()).isEmpty();
  }

  @Test
  void cutsCompareMeansWithinEachClassOfLength() {
    Cut cut = report(result).cuts().getFirst();

    assertThat(cut.arm() + " " + cut.baseline()).isEqualTo("live conventional");
    assertThat(cut.classes())
        .extracting(Cut.LengthClass::moreThanCalls, Cut.LengthClass::recordings)
        .containsExactly(tuple(0, 2), tuple(5, 1), tuple(10, 1), tuple(15, 1), tuple(20, 1));
    assertThat(cut.classes().getFirst().measured()).isCloseTo(1 - 0.6 / 2.8, within(1e-9));
    assertThat(cut.classes().getFirst().recorded().orElseThrow())
        .isCloseTo(1 - 6.0 / 28, within(1e-9));
    assertThat(cut.classes().getLast().measured()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void aTableShowsNoClassOfLengthOfTheSameOrOfFewRecordings() {
    var sessions = new ArrayList<SessionResult>();
    for (int calls : List.of(2, 2, 7, 7, 12, 12, 12, 30)) {
      Recording recording = Samples.timed("r" + sessions.size(), calls, 4, 8);
      sessions.add(Results.answered(recording, "live", 0, 100, 400));
      sessions.add(Results.answered(recording, "conventional", 0, 100, 800));
    }

    Cut cut = report(Results.of(sessions.toArray(SessionResult[]::new))).cuts().getFirst();

    assertThat(cut.classes()).hasSize(5);
    assertThat(cut.shown())
        .extracting(Cut.LengthClass::moreThanCalls, Cut.LengthClass::recordings)
        .containsExactly(tuple(0, 8), tuple(5, 6), tuple(10, 4));
  }

  @Test
  void aFailedSessionIsCountedAndInNoMeanNorCut() {
    ReplayReport report =
        report(
            Results.of(
                Results.answered(small, "live", 1_000, 1_100, 1_400),
                Results.answered(small, "conventional", 1_000, 1_200, 1_800),
                Results.failed(large, "live", "turn_deadline"),
                Results.answered(large, "conventional", 1_000, 1_250, 3_000)));
    ArmFigures live = report.arms().getFirst();

    assertThat(report.failed()).isEqualTo(1);
    assertThat(live.failures()).isEqualTo(Map.of("turn_deadline", 1));
    assertThat(live.latency().orElseThrow().count()).isEqualTo(1);
    assertThat(live.recordedMeanSeconds().orElseThrow()).isEqualTo(4);
    assertThat(report.cuts().getFirst().classes().getFirst().recordings()).isEqualTo(1);
  }

  @Test
  void overheadIsTheLatencyInWhichNoModelWorked() {
    var models =
        new ServedModels() {
          @Override
          public Optional<List<Interval>> times(String sessionId) {
            // An inference that ran over the submit, then the answer.
            return Optional.of(List.of(millis(900, 1_050), millis(1_052, 1_195)));
          }

          @Override
          public Optional<Counts> counts(String sessionId) {
            return Optional.of(new Counts(1, 2, 0));
          }
        };
    ReplayReport report =
        ReplayReport.of(
            Results.of(Results.answered(large, "live", 1_000, 1_060, 1_200)),
            ARMS,
            1,
            models,
            List.of());

    assertThat(report.overhead().orElseThrow().p50Seconds()).isCloseTo(0.007, within(1e-9));
    assertThat(report.arms().getFirst().counts()).contains(new ServedModels.Counts(1, 2, 0));
  }

  @Test
  void theJsonConformsToThePublishedSchema() throws IOException {
    var schema = JsonSchema.beside(ReportJson.class, "report.schema.json");
    var json = new ObjectMapper();
    ReplayReport whole = report(result);
    ReplayReport failed = report(Results.of(Results.failed(small, "live", "unanswered")));

    assertThat(schema.check(json.readTree(ReportJson.format(whole)))).isEmpty();
    assertThat(schema.check(json.readTree(ReportJson.format(failed)))).isEmpty();
    assertThat(schema.check(json.readTree("{\"report\":1}"))).isNotEmpty();
  }

  @Test
  void theJsonSetsTheRecordedMeanDividedByTheSpeedBesideOurs() {
    var arm = ReportJson.of(report(result)).get("arms").get(0);

    assertThat(arm.get("latency").get("meanSeconds").doubleValue()).isCloseTo(0.3, within(1e-9));
    assertThat(arm.get("recordedMeanLatencySeconds").doubleValue()).isEqualTo(3);
    assertThat(arm.get("recordedMeanLatencyDividedBySpeedSeconds").doubleValue())
        .isCloseTo(0.3, within(1e-9));
  }

  @Test
  void theTextShowsEachSessionTheMeansTheCutsAndTheNotes() {
    String text = ReportText.format(report(result));

    assertThat(text.lines())
        .anyMatch(line -> line.matches("Title of large +7 +2 +1 +0\\.05 +0\\.20 +90\\.0 % .*"))
        .anyMatch(line -> line.matches("live +2 +0 +2 +0\\.08 +0\\.30 .*3\\.00 +0\\.30 .*"))
        .anyMatch(line -> line.matches("live against conventional +2 +78\\.6 % .*"))
        .anyMatch(line -> line.equals("the models are simulated"));
  }

  @Test
  void controlCharactersOfATitleDoNotReachTheTerminal() {
    var hostile =
        new Recording("x", "a\u001b[2Jb\u202ec", "en", Samples.timed("x", 1, 1, 1).turns());
    String text = ReportText.format(report(Results.of(Results.answered(hostile, "live", 0, 1, 2))));

    assertThat(text).contains("a [2Jb c").doesNotContain("\u001b").doesNotContain("\u202e");
  }

  private static ReplayReport report(PlayResult result) {
    return ReplayReport.of(
        result, ARMS, 10, ServedModels.UNKNOWN, List.of("the models are simulated"));
  }

  private static Interval millis(long start, long end) {
    return new Interval(start * 1_000_000, end * 1_000_000);
  }
}
