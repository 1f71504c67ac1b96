package io.livemind.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.report.ReplayReport;
import io.livemind.replay.report.ServedModels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of two arms is slower under load, and what an answer that never came counts. */
class LoadRunTest {
  private static final Recording RECORDING = DemoRecordings.load().getFirst();
  private static final double DEADLINE = 600;

  /** Real milliseconds of an answer; 0 for none. Typing and models were twice as fast. */
  private static LoadRun run(int people, String arm, long... millis) {
    List<SessionResult> sessions =
        Arrays.stream(millis).mapToObj(one -> session(arm, one)).toList();
    var result = new PlayResult(sessions, new PlayResult.Lateness(1, 0, 0, 0), false);
    ReplayReport report =
        ReplayReport.of(result, List.of(Arm.named(arm)), 2, ServedModels.UNKNOWN, List.of());
    return LoadRun.of(people, report, DEADLINE).orElseThrow();
  }

  @Test
  void secondsAreThoseOfWhoeverTypesAndNoAnswerCountsAsTheDeadline() {
    LoadRun run = run(50, "live", 1_000, 0, 3_000, 0);

    assertThat(run.latency().count()).isEqualTo(4);
    assertThat(run.latency().meanSeconds()).isCloseTo((2 + 6 + 2 * DEADLINE) / 4, within(1e-9));
    assertThat(run.latency().p95Seconds()).isEqualTo(DEADLINE);
    assertThat(run.failed()).isEqualTo(2);
    assertThat(run.failures()).containsEntry("attempts_exhausted", 2);
  }

  @Test
  void anArmThatLosesAnswersIsSlowerHoweverSoonItsOthersCome() {
    List<LoadRun> runs =
        List.of(
            run(50, "live", 1_000, 1_000, 0),
            run(50, "conventional", 9_000, 9_000, 9_000),
            run(1, "live", 1_000),
            run(1, "conventional", 2_000));

    assertThat(LoadRun.slower(runs, "live", "conventional"))
        .containsExactly(
            "mean of live at 50 people is 201.33 s, of conventional 18.00 s",
            "p95 of live at 50 people is 600.00 s, of conventional 18.00 s");
  }

  @Test
  void noArmIsSlowerThanOneThatIsAsFast() {
    List<LoadRun> runs =
        Stream.of("live", "conventional").map(arm -> run(1, arm, 1_000, 0)).toList();

    assertThat(LoadRun.slower(runs, "live", "conventional")).isEmpty();
  }

  private static SessionResult session(String arm, long millis) {
    Optional<String> failure = millis == 0 ? Optional.of("attempts_exhausted") : Optional.empty();
    OptionalLong end = millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis * 1_000_000);
    var turn = new TurnResult(0, 10, 1, 1, 0, end, end, "text", false, failure, List.of());
    var play = new Play("session", RECORDING, Arm.named(arm), Duration.ZERO);
    return new SessionResult(play, List.of(turn), failure);
  }
}
