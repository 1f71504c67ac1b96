package io.livemind.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.report.Interval;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ServedModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A study's page says what was measured, what it was compared with and what is simulated. */
class StudyPageTest {
  private static final Recording RECORDING = DemoRecordings.load().getFirst();

  /** Session ids to what was measured of them. */
  private final Map<String, Long> millis = new LinkedHashMap<>();

  private final Map<String, ServedModels.Tokens> tokens = new LinkedHashMap<>();

  @Test
  void secondsAreThoseOfRealTypingWhateverTheSpeed() {
    var live = new Variant("live", "pasted", arm("live").against("conventional"));
    var conventional = new Variant("conventional", "pasted", arm("conventional"));
    millis.put("live", 1_000L);
    millis.put("conventional", 2_000L);

    String page = page(study("typing", live, conventional), 4);

    assertThat(page).contains("| pasted | live | 1 | 0 | 4.00 | 4.00 | 4.00 |");
    assertThat(page).contains("| pasted | conventional | 1 | 0 | 8.00 | 8.00 | 8.00 |");
    assertThat(page).contains("4 times as fast");
  }

  @Test
  void tokensAreToldForEachSecondThatIsSaved() {
    var live = new Variant("live", "live", arm("live").against("conventional"));
    var conventional = new Variant("conventional", "conventional", arm("conventional"));
    millis.put("live", 1_000L);
    millis.put("conventional", 3_000L);
    tokens.put("live", new ServedModels.Tokens(800, 200, 200, 50));
    tokens.put("conventional", new ServedModels.Tokens(300, 0, 300, 0));

    String page = page(study("tokens", live, conventional), 1);

    assertThat(page).contains("| 800 | 25 % | 200 | 50 | 200 | 25 |");
    assertThat(page).contains("| 300 | 0 % | 300 | 0 | - | - |");
  }

  @Test
  void anInterpolatedLengthStandsBetweenItsExtremes() {
    Variant live = Variant.of("live", "pasted", arm("live").answering(AnswerLength.BY_MEMORY));
    millis.put("live, pasted", 3_000L);
    millis.put("live, pasted, live length", 2_000L);
    millis.put("live, pasted, conventional length", 5_000L);

    String page = page(study("cancel", live), 1);

    assertThat(page).contains("| 3.00 | 2.00 | 5.00 |");
    assertThat(page).contains("Nothing is said about how good such answers would be.");
  }

  @Test
  void nothingIsToldOfTheLengthOfMadeUpReplies() {
    var live = new Variant("live", "u-pi", arm("live"));
    millis.put("live", 1_000L);
    tokens.put("live", new ServedModels.Tokens(800, 200, 999, 50));
    var study = new Study("format", "Title", "How?", "format", List.of(live), true, 1);

    String page = page(study, 1);

    assertThat(page).contains("| u-pi | live | 1 | 0 | 1.00 | 1.0 | 800 | 25 % |");
    assertThat(page).contains("Replies are made up").doesNotContain("999");
  }

  @Test
  void aPageTellsItsCommandItsCommitAndItsMachine() {
    String head = StudyPage.head("Title", "How long?", "./livemind study typing");

    assertThat(head)
        .contains("```\n./livemind study typing\n```")
        .containsPattern(
            "Measured on \\d{4}-\\d\\d-\\d\\d, commit (unknown|[0-9a-f]{7,}( with changes)?), \\d+"
                + " cores of .+, \\d+ GB, .+\\.");
  }

  @Test
  void everyStudyNamesEachArmOnceAndTellsWhatItAsks() {
    for (Study study : Studies.all()) {
      List<String> arms =
          study.variants().stream()
              .flatMap(variant -> variant.arms().stream())
              .map(Arm::name)
              .toList();
      assertThat(arms).as(study.name()).doesNotHaveDuplicates().hasSizeGreaterThan(1);
      assertThat(study.question()).as(study.name()).contains("?");
    }
  }

  private static Study study(String name, Variant... variants) {
    return new Study(name, "Title", "How long?", "typing", List.of(variants), false, 1);
  }

  private static Arm arm(String name) {
    return Arm.named(name);
  }

  private String page(Study study, double speed) {
    var sessions = new ArrayList<SessionResult>();
    var arms = new ArrayList<Arm>();
    for (Variant variant : study.variants()) arms.addAll(variant.arms());
    for (Arm arm : arms) sessions.add(session(arm));
    var result = new PlayResult(sessions, new PlayResult.Lateness(1, 0, 0, 0), false);
    ReplayReport report = ReplayReport.of(result, arms, speed, models(), List.of("simulated"));
    return new StudyPage(study, report, "./livemind study " + study.name(), 1, 200).markdown();
  }

  private SessionResult session(Arm arm) {
    long end = millis.getOrDefault(arm.name(), 0L) * 1_000_000;
    var turn =
        new TurnResult(
            0,
            10,
            1,
            1,
            0,
            OptionalLong.of(end),
            OptionalLong.of(end),
            "text",
            true,
            Optional.empty(),
            List.of());
    var play = new Play(arm.name(), RECORDING, arm, Duration.ZERO);
    return new SessionResult(play, List.of(turn), Optional.empty());
  }

  private ServedModels models() {
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
      public Optional<Tokens> tokens(String sessionId) {
        return Optional.ofNullable(tokens.get(sessionId));
      }
    };
  }
}
