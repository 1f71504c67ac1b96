package io.livemind.gateway.fragments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WritersTest {
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
  private final Writers writers = new Writers(clock::get);

  @Test
  void
      each_number_is_larger_than_the_one_before_within_a_millisecond_and_when_the_clock_goes_back() {
    long first = writers.next("s");
    long second = writers.next("s");
    clock.addAndGet(-5_000);

    assertThat(second).isGreaterThan(first);
    assertThat(writers.next("s")).isGreaterThan(second);
  }

  @Test
  void a_number_of_a_gateway_whose_clock_is_ahead_is_topped() {
    long elsewhere = writers.next("s") + 1_000_000;

    assertThat(writers.next("s", elsewhere)).isEqualTo(elsewhere + 1);
  }

  @Test
  void two_clients_that_bring_the_same_number_get_different_ones_the_later_the_larger() {
    long elsewhere = writers.next("s") + 1_000_000;

    long first = writers.next("s", elsewhere);

    assertThat(writers.next("s", elsewhere)).isGreaterThan(first);
    assertThat(writers.next("s")).isGreaterThan(first + 1);
  }

  @Test
  void a_number_that_lies_ahead_moves_no_other_session() {
    long almostADay = numbers(Duration.ofHours(23));
    long before = writers.next("one");

    assertThat(writers.next("other", before + almostADay)).isGreaterThan(before + almostADay);

    assertThat(writers.next("one")).isBetween(before + 1, before + 2);
  }

  @Test
  void a_number_more_than_a_day_ahead_is_refused_and_moves_nothing() {
    long before = writers.next("s");

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> writers.next("s", before + numbers(Duration.ofHours(25))))
        .withMessageContaining("writer lies more than a day ahead");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> writers.next("s", FragmentJson.LARGEST - 1));

    assertThat(writers.next("s")).isEqualTo(before + 1);
  }

  @Test
  void the_clock_overtakes_a_session_that_was_ahead() {
    long elsewhere = writers.next("s") + numbers(Duration.ofMinutes(1));
    writers.next("s", elsewhere);
    clock.addAndGet(120_000);

    assertThat(writers.next("s")).isEqualTo(clock.get() * 1_024);
  }

  private static long numbers(Duration time) {
    return time.toMillis() * 1_024;
  }

  @Test
  void javascript_holds_the_numbers_exactly_for_a_century() {
    clock.addAndGet(100L * 365 * 24 * 3_600 * 1_000);

    assertThat(writers.next("s")).isLessThan(FragmentJson.LARGEST);
  }
}
