package io.livemind.replay.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.latency.LatencyFit.Sample;
import io.livemind.replay.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published constants against the recorded runs. The recordings do not ship; their means do, in
 * {@code recorded-means.txt}, made by {@code RefitLatency --means}: ten groups of 1,117 sessions,
 * from the shortest replies to the longest.
 */
class RecordedTimesTest {
  private static final double SECONDS = 0.05;

  /** Means hold the one run in ten that took longer than its tokens explain; a median does not. */
  private static final double SHARE = 0.02;

  @ParameterizedTest
  @ValueSource(strings = {"baseline-llm", "live-llm", "live-llm-slm", "baseline-slm"})
  void theConstantsOfAnArmGiveTheRecordedMeansOfShortAndLongCalls(String name) {
    ArmLatency latency = Arm.named(name).latency();
    Map<String, List<Sample>> means = means(name);

    assertThat(means.get("answer"))
        .hasSize(RefitLatency.GROUPS)
        .allSatisfy(mean -> assertClose(mean, latency.answer()));
    assertThat(means.getOrDefault("inference", List.of()))
        .hasSize(Arm.named(name).live() ? RefitLatency.GROUPS : 0)
        .allSatisfy(mean -> assertClose(mean, latency.inference()));
  }

  @Test
  void theErrorOfAnArmIsTheMedianOfItsCalls() {
    List<Recording> recordings =
        List.of(
            Samples.timed("a", 2, 4, 8.1),
            Samples.timed("b", 2, 4, 8),
            Samples.timed("c", 2, 4, 9));
    var eightSeconds = new LatencyConstants(8, 0, 0);

    TimedCalls calls = TimedCalls.of(recordings, "conventional");

    assertThat(calls.medianErrorSeconds(new ArmLatency(eightSeconds, eightSeconds)))
        .isCloseTo(0.1, within(1e-9));
  }

  private static void assertClose(Sample mean, LatencyConstants constants) {
    double bound = Math.max(SECONDS, SHARE * mean.seconds());
    assertThat(LatencyFit.predict(mean, constants)).isCloseTo(mean.seconds(), within(bound));
  }

  /** By the kind of call. */
  private static Map<String, List<Sample>> means(String arm) {
    try (var file = RecordedTimesTest.class.getResourceAsStream("recorded-means.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .filter(cells -> cells[0].equals(arm))
          .collect(
              Collectors.groupingBy(
                  cells -> cells[1],
                  Collectors.mapping(
                      cells ->
                          new Sample(
                              Double.parseDouble(cells[2]),
                              Double.parseDouble(cells[3]),
                              Double.parseDouble(cells[4]),
                              Double.parseDouble(cells[5])),
                      Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
