package io.livemind.benchmarks.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.benchmarks.harness.Alternation.Pair;
import io.livemind.benchmarks.harness.Alternation.Pairs;
import io.livemind.benchmarks.harness.ThreadCpu.Owner;
import io.livemind.benchmarks.pipeline.TurnClock.Place;
import io.livemind.benchmarks.pipeline.TurnClock.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadPairsTest {
  @Test
  void theRatioIsTheMedianOfSecondAgainstFirst() {
    var pairs =
        pairs(new Pair<>(load(100, 1), load(110, 2)), new Pair<>(load(200, 3), load(220, 4)));

    assertThat(pairs.ratio().median()).isEqualTo(1.1);
    assertThat(pairs.cpuText()).isEqualTo("150 / 165");
    assertThat(pairs.countText()).isEqualTo("2 (1)");
  }

  @Test
  void delaysAreThoseOfAllWindowsOfAnArm() {
    var pairs = pairs(new Pair<>(load(1, 10), load(1, 20)), new Pair<>(load(1, 30), load(1, 40)));

    assertThat(pairs.firstDelayText()).isEqualTo("10.0 / 30.0");
    assertThat(pairs.secondDelayText()).isEqualTo("20.0 / 40.0");
  }

  @Test
  void whereEveryWindowWasVoidThereIsNone() {
    assertThat(pairs().none()).isTrue();
  }

  @SafeVarargs
  private static LoadPairs pairs(Pair<Load, Load>... valid) {
    return new LoadPairs(new Pairs<>(List.of(valid), 1, Duration.ZERO));
  }

  private static Load load(double cpuMicros, int delayMillis) {
    var delays = new Histogram(3);
    delays.recordValue(delayMillis * 1_000_000L);
    return new Load(
        1,
        new Times(Map.of(Place.MODEL_CALLED, delays), Map.of()),
        Duration.ZERO,
        Map.of(Owner.BROKER, cpuMicros),
        0);
  }
}
