package io.livemind.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianRatioTest {
  @Test
  void equalRatiosLeaveNoDoubt() {
    assertThat(MedianRatio.of(List.of(2.0, 2.0, 2.0))).isEqualTo(new MedianRatio(2, 2, 2, 3));
  }

  @Test
  void oneWindowFarOffDoesNotMoveTheMedian() {
    assertThat(MedianRatio.of(List.of(1.0, 1.1, 0.9, 1.0, 50.0)).median()).isEqualTo(1.0);
  }

  @Test
  void theIntervalHoldsTheMedianAndNarrowsWithMorePairs() {
    MedianRatio few = MedianRatio.of(ratios(5));
    MedianRatio many = MedianRatio.of(ratios(200));

    assertThat(few.median()).isBetween(few.low(), few.high());
    assertThat(many.median()).isBetween(many.low(), many.high());
    assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
  }

  @Test
  void nothingMeasuredIsNoResult() {
    assertThatThrownBy(() -> MedianRatio.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Double> ratios(int count) {
    return IntStream.range(0, count).mapToObj(i -> 1 + (i * 7 % count) / (double) count).toList();
  }
}
