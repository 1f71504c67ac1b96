package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.simulator.ReplySchedule.Emission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ReplyScheduleProperties {
  private static final LatencyModel LARGE = new LatencyModel(0.4, 0.0007, 0.0525);
  private static final Duration TWENTY_MILLIS = Duration.ofMillis(20);

  @Property
  void theLastTokenIsDueExactlyWhenTheModelSays(
      @ForAll @IntRange(max = 5_000) int promptTokens,
      @ForAll @IntRange(min = 1, max = 2_000) int tokens,
      @ForAll @DoubleRange(min = 0.1, max = 100) double speed,
      @ForAll @IntRange(max = 200) int chunkMillis) {
    var schedule =
        new ReplySchedule(LARGE, promptTokens, tokens, speed, 0, 0, Duration.ofMillis(chunkMillis));

    List<Emission> all = drain(schedule, 1);

    double expected = LARGE.secondsFor(promptTokens, tokens) / speed;
    assertThat(all.getLast().dueNanos() / 1e9).isCloseTo(expected, within(1e-6));
    double first = LARGE.secondsFor(promptTokens, 1) / speed;
    assertThat(all.getFirst().dueNanos() / 1e9).isCloseTo(first, within(1e-6));
  }

  @Property
  void everyTokenLeavesOnceInOrderAndTheFirstAlone(
      @ForAll @IntRange(min = 1, max = 500) int tokens,
      @ForAll @IntRange(max = 300) int chunkMillis,
      @ForAll @DoubleRange(min = 0, max = 0.3) double jitter,
      @ForAll long seed) {
    var schedule =
        new ReplySchedule(LARGE, 10, tokens, 1, jitter, seed, Duration.ofMillis(chunkMillis));

    List<Emission> all = drain(schedule, 1);

    assertThat(all.getFirst().toToken()).isEqualTo(1);
    int next = 0;
    long due = 0;
    for (Emission emission : all) {
      assertThat(emission.fromToken()).isEqualTo(next);
      assertThat(emission.toToken()).isGreaterThan(next);
      assertThat(emission.dueNanos()).isGreaterThanOrEqualTo(due);
      next = emission.toToken();
      due = emission.dueNanos();
    }
    assertThat(next).isEqualTo(tokens);
  }

  @Property
  void noSingleTokenIsOffByMoreThanSeventyPercent(@ForAll long seed) {
    var decodeOnly = new LatencyModel(0, 0, 0.01);
    var schedule = new ReplySchedule(decodeOnly, 0, 300, 1, 0.3, seed, Duration.ZERO);

    long before = 0;
    for (Emission emission : drain(schedule, 1)) {
      double seconds = (emission.dueNanos() - before) / 1e9;
      assertThat(seconds).isBetween(0.00299, 0.01701);
      before = emission.dueNanos();
    }
  }

  @Example
  void fastTokensShareAnEventAndSlowOnesDoNot() {
    var fast = new LatencyModel(0, 0, 0.005);
    List<Emission> fastEvents = drain(new ReplySchedule(fast, 0, 9, 1, 0, 0, TWENTY_MILLIS), 1);
    List<Emission> slowEvents = drain(new ReplySchedule(LARGE, 0, 9, 1, 0, 0, TWENTY_MILLIS), 1);

    assertThat(fastEvents.stream().map(Emission::toToken)).containsExactly(1, 5, 9);
    assertThat(slowEvents).hasSize(9);
  }

  @Example
  void loadSlowsPrefillAndDecodeButNotTheOverhead() {
    var model = new LatencyModel(1, 0.001, 0.01);
    List<Emission> loaded = drain(new ReplySchedule(model, 1_000, 100, 1, 0, 0, TWENTY_MILLIS), 2);

    assertThat(loaded.getLast().dueNanos() / 1e9).isCloseTo(1 + 2 * (1 + 1), within(1e-6));
  }

  @Example
  void theSameSeedGivesTheSameTimes() {
    var first = drain(new ReplySchedule(LARGE, 10, 50, 1, 0.2, 7, TWENTY_MILLIS), 1);
    var again = drain(new ReplySchedule(LARGE, 10, 50, 1, 0.2, 7, TWENTY_MILLIS), 1);
    var other = drain(new ReplySchedule(LARGE, 10, 50, 1, 0.2, 8, TWENTY_MILLIS), 1);

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Example
  void theLoadFactorGrowsInProportionToTheCallsThatRun() {
    ModelProfile profile = ModelProfile.of("p", LARGE).withConcurrency(5, 0, 3);

    assertThat(profile.loadFactorAt(1)).isEqualTo(1);
    assertThat(profile.loadFactorAt(3)).isEqualTo(2);
    assertThat(profile.loadFactorAt(5)).isEqualTo(3);
  }

  private static List<Emission> drain(ReplySchedule schedule, double loadFactor) {
    var all = new ArrayList<Emission>();
    for (var next = schedule.next(loadFactor); next.isPresent(); next = schedule.next(loadFactor))
      all.add(next.get());
    return all;
  }
}
