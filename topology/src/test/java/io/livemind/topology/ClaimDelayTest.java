package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.topology.session.SessionTimes;
import org.junit.jupiter.api.Test;

/** A task that waits in a long queue is not lost. */
class ClaimDelayTest {
  private static final long NOW = 1_000_000;

  private final SessionTimes times = SessionTimes.DEFAULT;
  private final ClaimDelay delay = new ClaimDelay(times);

  @Test
  void withoutAQueueATaskHasItsLease() {
    delay.claimed(NOW - 20, NOW);

    assertThat(delay.leaseMillis(1, NOW)).isEqualTo(times.claimLeaseMillis());
    assertThat(delay.overloaded(NOW)).isFalse();
  }

  @Test
  void inAQueueALeaseIsThreeTimesTheRecentDelay() {
    for (int i = 0; i < 100; i++) delay.claimed(NOW - 20_000, NOW);

    assertThat(delay.leaseMillis(1, NOW)).isBetween(59_000, 60_000);
    assertThat(delay.overloaded(NOW)).isTrue();
  }

  @Test
  void eachFurtherAttemptMayWaitLonger() {
    int lease = times.claimLeaseMillis();

    assertThat(delay.leaseMillis(2, NOW)).isEqualTo(2 * lease);
    assertThat(delay.leaseMillis(4, NOW)).isEqualTo(8 * lease);
    assertThat(delay.leaseMillis(5, NOW)).isEqualTo(8 * lease);
  }

  @Test
  void whenNothingIsClaimedForAWhileTheQueueIsForgotten() {
    for (int i = 0; i < 100; i++) delay.claimed(NOW - 20_000, NOW);

    assertThat(delay.leaseMillis(1, NOW + 5_001)).isEqualTo(times.claimLeaseMillis());
    assertThat(delay.overloaded(NOW + 5_001)).isFalse();
  }
}
