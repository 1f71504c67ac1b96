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
 * The published constants against the recorded runs. The recordings do not ship; what sums them up
 * does, of ten groups of 1,117 sessions, from the shortest replies to the longest: the means in
 * {@code recorded-means.txt} ({@code RefitLatency --means}), the middle call of each group in
 * {@code recorded-typical.txt} ({@code --typical}). All calls are compared by {@code livemind study
 * latency} and by each replay of the recordings.
 */
class RecordedTimesTest {
  private static final double SECONDS = 0.05;

  private static final String MEANS = "recorded-means.txt";
  private static final String TYPICAL = "recorded-typical.txt";

  /** Means hold the one run in ten that took longer than its tokens explain; a median does not. */
  private static final double SHARE = 0.02;

  @ParameterizedTest
  @ValueSource(strings = {"baseline-llm", "live-llm", "live-llm-slm", "baseline-slm"})
  void theConstantsOfAnArmGiveTheRecordedMeansOfShortAndLongCalls(String name) {
    ArmLatency latency = Arm.named(name).latency();
    Map<String, List<Sample>> means = samples(MEANS, name);

    assertThat(means.get("answer"))
        .hasSize(RefitLatency.GROUPS)
        .allSatisfy(mean -> assertClose(mean, latency.answer()));
    assertThat(means.getOrDefault("inference", List.of()))
        .hasSize(Arm.named(name).live() ? RefitLatency.GROUPS : 0)
        .allSatisfy(mean -> assertClose(mean, latency.inference()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline-llm", "live-llm", "live-llm-slm", "baseline-slm"})
  void theMedianErrorOfTypicalCallsIsAtMost50Milliseconds(String name) {
    Map<String, List<Sample>> typical = samples(TYPICAL, name);
    List<Sample> thinking = typical.getOrDefault("inference", List.of());
    List<Sample> answers = typical.getOrDefault("answer", List.of());

    assertThat(answers).hasSize(RefitLatency.GROUPS);
    assertThat(thinking).hasSize(Arm.named(name).live() ? RefitLatency.GROUPS : 0);
    assertThat(new TimedCalls(thinking, answers).medianErrorSeconds(Arm.named(name).latency()))
        .isPositive()
        .isLessThanOrEqualTo(SECONDS);
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
  private static Map<String, List<Sample>> samples(String resource, String arm) {
    try (var file = RecordedTimesTest.class.getResourceAsStream(resource)) {
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
