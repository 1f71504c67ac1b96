package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PollHealthTest {
  private final AtomicLong nanos = new AtomicLong();
  private final PollHealth health = new PollHealth(nanos::get);

  @Test
  void aPollerPollsFromItsFirstPollOnUntilOneFails() {
    assertThat(health.polls()).isFalse();
    health.polled();
    assertThat(health.polls()).isTrue();
    health.failed();
    assertThat(health.polls()).isFalse();
  }

  @Test
  void aPollerThatIsRefusedAgainAndAgainNeverSeemsToPollInBetween() {
    for (int attempt = 0; attempt < 10; attempt++) {
      health.failed();
      passes(PollHealth.STEADY.minusNanos(1));
      health.polled();
      assertThat(health.polls()).isFalse();
    }
  }

  @Test
  void aPollerThatFailedOncePollsAgainWhenItHasForAWhile() {
    health.failed();
    passes(PollHealth.STEADY);
    health.polled();
    assertThat(health.polls()).isTrue();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
