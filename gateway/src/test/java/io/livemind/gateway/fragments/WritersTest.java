package io.livemind.gateway.fragments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WritersTest {
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
  private final Writers writers = new Writers(clock::get);

  @Test
  void
      each_number_is_larger_than_the_one_before_within_a_millisecond_and_when_the_clock_goes_back() {
    long first = writers.next(0);
    long second = writers.next(0);
    clock.addAndGet(-5_000);

    assertThat(second).isGreaterThan(first);
    assertThat(writers.next(0)).isGreaterThan(second);
  }

  @Test
  void a_number_of_a_gateway_whose_clock_is_ahead_is_topped() {
    long elsewhere = writers.next(0) + 1_000_000;

    assertThat(writers.next(elsewhere)).isEqualTo(elsewhere + 1);
  }

  @Test
  void javascript_holds_the_numbers_exactly_for_a_century() {
    clock.addAndGet(100L * 365 * 24 * 3_600 * 1_000);

    assertThat(writers.next(0)).isLessThan(FragmentJson.LARGEST);
  }
}
