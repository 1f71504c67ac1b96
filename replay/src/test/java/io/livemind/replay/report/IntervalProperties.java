package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IntervalProperties {

  @Property
  void coverIsTheNumberOfNanosecondsThatAnyOtherOneHolds(
      @ForAll("interval") Interval interval, @ForAll("intervals") List<Interval> others) {
    long expected =
        LongStream.range(interval.startNanos(), interval.endNanos())
            .filter(
                nano ->
                    others.stream()
                        .anyMatch(other -> other.startNanos() <= nano && nano < other.endNanos()))
            .count();

    assertThat(interval.coveredBy(others)).isEqualTo(expected);
  }

  @Example
  void overlapCountsOnce() {
    var response = new Interval(10, 20);

    assertThat(
            response.coveredBy(
                List.of(new Interval(15, 30), new Interval(0, 12), new Interval(11, 16))))
        .isEqualTo(10);
  }

  @Provide
  Arbitrary<Interval> interval() {
    Arbitrary<Integer> ends = Arbitraries.integers().between(-30, 30);
    return Combinators.combine(ends, ends)
        .as((one, other) -> new Interval(Math.min(one, other), Math.max(one, other)));
  }

  @Provide
  Arbitrary<List<Interval>> intervals() {
    return interval().list().ofMaxSize(6);
  }
}
