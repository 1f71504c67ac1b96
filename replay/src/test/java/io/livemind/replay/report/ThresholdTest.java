package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One session: live ends 0.4 s after the submit, conventional 0.8 s after it. */
class ThresholdTest {
  private final ReplayReport report =
      ReplayReport.of(
          Results.of(
              Results.answered(Samples.timed("r", 3, 4, 8), "live", 1_000, 1_100, 1_400),
              Results.answered(Samples.timed("r", 3, 4, 8), "conventional", 1_000, 1_200, 1_800)),
          List.of(Arm.named("live"), Arm.named("conventional")),
          1,
          ServedModels.UNKNOWN,
          List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live.latency.p95 > 0.5s",
        "live.latency.mean>500ms",
        "conventional.first-token.max < 0.1s",
        "live.failed > 0",
        "live.cut < 49 %"
      })
  void aBoundThatIsKeptSaysNothing(String bound) {
    assertThat(Threshold.parse(bound).crossedBy(report)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "live.latency.p95 > 0.3s, it is 0.400000 s",
    "live.latency.p50 > 399ms, it is 0.400000 s",
    "live.cut < 51%, it is 0.500000",
    "live.different < 1, it is 0",
    "live.overhead.p50 > 1ms, no such figure",
    "other.latency.p50 > 1ms, no such figure"
  })
  void aBoundThatIsCrossedOrCannotBeLookedAtIsTold(String bound, String told) {
    assertThat(Threshold.parse(bound).crossedBy(report).orElseThrow())
        .startsWith(bound)
        .contains(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "live > 2s",
        "live.latency > 2s",
        "live.latency.p95 > 2",
        "live.latency.p42 > 2s",
        "live.latency.p95 = 2s",
        "live.failed > 2s",
        "live.cut < 2",
        "live.latency.p95 > 2%"
      })
  void anythingElseIsRefusedWithTheForm(String bound) {
    assertThatThrownBy(() -> Threshold.parse(bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ARM.latency.p95 > 2s");
  }
}
