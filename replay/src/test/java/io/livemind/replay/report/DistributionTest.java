package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void percentilesAreMeasuredValuesByNearestRank() {
    double[] seconds = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();
    Distribution distribution = Distribution.of(seconds).orElseThrow();

    assertThat(distribution.meanSeconds()).isCloseTo(100.5, within(1e-9));
    assertThat(distribution.p50Seconds()).isEqualTo(100);
    assertThat(distribution.p90Seconds()).isEqualTo(180);
    assertThat(distribution.p95Seconds()).isEqualTo(190);
    assertThat(distribution.p99Seconds()).isEqualTo(198);
    assertThat(distribution.maximumSeconds()).isEqualTo(200);
  }

  @Test
  void oneValueIsAllOfThemAndNoneIsNothing() {
    assertThat(Distribution.of(new double[] {7})).contains(new Distribution(1, 7, 7, 7, 7, 7, 7));
    assertThat(Distribution.of(new double[0])).isEmpty();
  }
}
