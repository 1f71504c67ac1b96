package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.latency.ArmLatency;
import io.livemind.replay.latency.LatencyConstants;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** 20 recordings: live took 4 s when it was recorded, conventional 8 s. */
class ReproductionTest {
  private static final List<Arm> ARMS = List.of(arm("live", 4), arm("conventional", 8));

  @Test
  void aReplayThatShowsWhatWasRecordedMeetsEveryTarget() {
    assertThat(targets(report(4_006, 8_006, 4, 8, 1))).isNotEmpty().doesNotContainValue(false);
  }

  @Test
  void whatThePipelineAddsIsJudgedApartFromTheModels() {
    Map<String, Boolean> targets = targets(report(4_020, 8_020, 4, 8, 1));

    assertThat(targets.get("pipeline: latency without service times, p50")).isFalse();
    assertThat(targets.get("model: mean of each arm")).isTrue();
    assertThat(targets.get("end to end: mean of each arm")).isTrue();
  }

  @Test
  void modelsThatAreTooSlowMissTheirTargetsAndTheWholeMissesItsOwn() {
    Map<String, Boolean> targets = targets(report(4_306, 8_006, 4.3, 8, 1));

    assertThat(targets.get("pipeline: latency without service times, p50")).isTrue();
    assertThat(targets.get("model: mean of each arm")).isFalse();
    assertThat(targets.get("model: cut in each class")).isFalse();
    assertThat(targets.get("end to end: mean of each arm")).isFalse();
    assertThat(targets.get("end to end: cut over all")).isFalse();
  }

  @Test
  void aLatencyModelThatDoesNotFitTheRecordedCallsMissesItsTarget() {
    List<Arm> arms = List.of(arm("live", 4.06), arm("conventional", 8));

    Map<String, Boolean> targets = targets(report(arms, 4_006, 8_006, 4, 8, 1));

    assertThat(targets.get("model: median error of each arm's calls")).isFalse();
    assertThat(targets.get("model: mean of each arm")).isTrue();
  }

  @Test
  void nothingIsJudgedAtAnotherSpeedOrWithoutServiceTimes() {
    assertThat(targets(report(4_006, 8_006, 4, 8, 2))).isEmpty();
    assertThat(
            Reproduction.targets(
                ReplayReport.of(
                    Results.of(Results.answered(recording(0), "live", 0, 1, 4_000)),
                    ARMS,
                    1,
                    ServedModels.UNKNOWN,
                    List.of())))
        .isEmpty();
  }

  private static Map<String, Boolean> targets(ReplayReport report) {
    return Reproduction.targets(report).stream()
        .collect(
            Collectors.toMap(Reproduction.Target::name, Reproduction.Target::met, (a, b) -> b));
  }

  /** An arm each of whose answers takes so long; its thinking takes no time. */
  private static Arm arm(String name, double answerSeconds) {
    Arm like = Arm.named(name);
    var latency =
        new ArmLatency(new LatencyConstants(0, 0, 0), new LatencyConstants(answerSeconds, 0, 0));
    return new Arm(name, like.options(), like.outputs(), latency, like.baselines());
  }

  private static ReplayReport report(
      long liveMillis, long conventionalMillis, double live, double conventional, double speed) {
    return report(ARMS, liveMillis, conventionalMillis, live, conventional, speed);
  }

  /** Submit at 0, end after so many milliseconds, of which a model worked so many seconds. */
  private static ReplayReport report(
      List<Arm> arms,
      long liveMillis,
      long conventionalMillis,
      double live,
      double conventional,
      double speed) {
    var sessions = new ArrayList<SessionResult>();
    for (int i = 0; i < Reproduction.FEWEST_JUDGED; i++) {
      sessions.add(Results.answered(recording(i), arms.get(0), 0, 100, liveMillis));
      sessions.add(Results.answered(recording(i), arms.get(1), 0, 100, conventionalMillis));
    }
    var models =
        new ServedModels() {
          @Override
          public Optional<List<Interval>> times(String sessionId) {
            double seconds = sessionId.endsWith("live") ? live : conventional;
            return Optional.of(List.of(new Interval(0, Math.round(seconds * 1e9))));
          }

          @Override
          public Optional<Counts> counts(String sessionId) {
            return Optional.empty();
          }
        };
    return ReplayReport.of(
        Results.of(sessions.toArray(SessionResult[]::new)), arms, speed, models, List.of());
  }

  private static Recording recording(int number) {
    return Samples.timed("r" + number, 7, 4, 8);
  }
}
