package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit =
      new RateLimit("fragments-per-second", 10, Duration.ofSeconds(1), 20, nanos::get);

  @Test
  void a_burst_passes_then_the_client_is_told_when_to_come() {
    limit.take("a", 20);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> limit.take("a", 1))
        .withMessageContaining("fragments-per-second = 10")
        .satisfies(problem -> assertThat(problem.retryAfter()).contains(Duration.ofMillis(100)));
  }

  @Test
  void the_allowance_comes_back_with_time_up_to_the_burst() {
    limit.take("a", 20);
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    limit.take("a", 20);

    assertThatExceptionOfType(Problem.class).isThrownBy(() -> limit.take("a", 1));
  }

  @Test
  void who_is_refused_has_lost_nothing_and_passes_when_told() {
    limit.take("a", 15);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> limit.take("a", 15))
        .satisfies(problem -> assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1)));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    limit.take("a", 15);
  }

  @Test
  void more_than_the_burst_passes_with_a_whole_burst() {
    limit.take("a", 21);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> limit.take("a", 21))
        .satisfies(problem -> assertThat(problem.retryAfter()).contains(Duration.ofSeconds(2)));
  }

  @Test
  void one_client_takes_nothing_from_another() {
    limit.take("a", 20);

    limit.take("b", 20);
  }
}
