package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.recording.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report for a spreadsheet and for a document. */
class ReportFormsTest {
  private static final List<Arm> ARMS = List.of(Arm.named("live"), Arm.named("conventional"));

  private final Recording recording =
      new Recording("r", "Comma, \"quote\"\nline", "en", Samples.timed("r", 3, 4, 8).turns());
  private final ReplayReport report =
      report(
          Results.answered(recording, "live", 1_000, 1_100, 1_400),
          Results.failed(recording, "conventional", "turn_deadline"));

  @Test
  void aLineASessionWithWhatIsNotKnownLeftEmpty() {
    String csv = ReportCsv.format(report);

    assertThat(csv).startsWith("session_id,recording,title,").endsWith(",turn_deadline\r\n");
    assertThat(csv).contains(",live,7,2,1,3,0.100000,0.400000,,,4.000000,true,,\r\n");
    assertThat(csv).contains(",conventional,7,0,0,1,,,,,8.000000,false,,turn_deadline\r\n");
  }

  @Test
  void aTextThatHoldsCommaQuoteOrLineEndIsQuoted() {
    assertThat(ReportCsv.format(report)).contains(",\"Comma, \"\"quote\"\"\nline\",en,");
  }

  @Test
  void recordingsWithoutAnswersAreComparedAmongThemselvesAndWithNothingRecorded() {
    Recording unanswered = Samples.unanswered("r");

    ReplayReport plain =
        report(
            Results.answered(unanswered, "live", 1_000, 1_100, 1_400),
            Results.answered(unanswered, "conventional", 1_000, 1_100, 1_800));

    for (String form : List.of(ReportText.format(plain), ReportMarkdown.format(plain)))
      assertThat(form)
          .contains("live against conventional", "50.0 %")
          .doesNotContain("equal", "recorded mean");
    assertThat(ReportCsv.format(plain)).contains(",live,7,2,1,0,0.100000,0.400000,,,,,,\r\n");
    assertThat(ReportJson.of(plain).toString()).doesNotContain("equalToRecorded");
  }

  @Test
  void whereNoRecordingWasAnsweredInBothArmsThereIsNoTableOfCuts() {
    ReplayReport failed =
        report(
            Results.failed(recording, "live", "turn_deadline"),
            Results.answered(recording, "conventional", 1_000, 1_100, 1_800));

    assertThat(ReportText.format(failed)).doesNotContain("latency cut");
    assertThat(ReportMarkdown.format(failed)).doesNotContain("latency cut");
  }

  @Test
  void aDocumentGetsTheTablesTheConstantsAndWhatIsSimulated() {
    String markdown = ReportMarkdown.format(report);

    assertThat(markdown.lines())
        .anyMatch(line -> line.startsWith("| live | 1 | 0 | 1 | 0.10 | 0.40 |"))
        .anyMatch(line -> line.startsWith("| live, thinking | "))
        .anyMatch(line -> line.equals("* the models are simulated"));
  }

  private static ReplayReport report(SessionResult... sessions) {
    return ReplayReport.of(
        Results.of(sessions), ARMS, 1, ServedModels.UNKNOWN, List.of("the models are simulated"));
  }
}
