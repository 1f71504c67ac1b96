package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void tenSecondsWorthMayGoAtOnceAndThenTheRateHolds() {
    var limit = new RateLimit(60, 0);
    int atOnce = 0;
    for (; limit.waitNanos(0) == 0; atOnce++) limit.spend(1, 0);
    assertThat(atOnce).isEqualTo(10);
    assertThat(limit.waitNanos(0)).isBetween(SECOND - 1, SECOND + 1);
    assertThat(limit.waitNanos(2 * SECOND)).isZero();
  }

  @Test
  void whatCostMoreThanWasKnownBeforeIsWaitedFor() {
    var limit = new RateLimit(600, 0);
    limit.spend(100, 0);
    limit.spend(200, 0);
    assertThat(limit.waitNanos(0)).isBetween(20 * SECOND, 21 * SECOND);
    limit.spend(-200, 0);
    assertThat(limit.waitNanos(SECOND)).isZero();
  }

  @Test
  void idleTimeSavesNothingBeyondTheBucket() {
    var limit = new RateLimit(60, 0);
    int atOnce = 0;
    for (; limit.waitNanos(3_600 * SECOND) == 0; atOnce++) limit.spend(1, 3_600 * SECOND);
    assertThat(atOnce).isEqualTo(10);
  }
}
