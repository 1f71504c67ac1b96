package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {
  private final AtomicLong nanos = new AtomicLong();
  private final BrokerWatch brokers = new BrokerWatch(nanos::get);

  @Test
  void brokersThatAreConnectedAreGoneOnlyAfterALongSilence() {
    for (int second = 0; second < BrokerWatch.SILENCE.toSeconds(); second++) {
      passes(Duration.ofSeconds(1));
      brokers.silent(true);
      assertThat(brokers.areGone()).isFalse();
    }
    passes(Duration.ofMillis(1));
    assertThat(brokers.areGone()).isTrue();
    brokers.heard();
    assertThat(brokers.areGone()).isFalse();
  }

  @Test
  void brokersToWhichNoConnectionIsFoundAgainAreGone() {
    brokers.silent(false);
    assertThat(brokers.areGone()).isFalse();
    brokers.silent(false);
    assertThat(brokers.areGone()).isTrue();
  }

  @Test
  void aConnectionThatIsFoundBetweenTwoLooksWasOnlyLostForAMoment() {
    for (int look = 0; look < 10; look++) brokers.silent(look % 2 == 0);
    assertThat(brokers.areGone()).isFalse();
  }

  @Test
  void brokersThatWereGoneAreBackWithTheirFirstAnswer() {
    for (int look = 0; look < 5; look++) brokers.silent(false);
    brokers.silent(true);
    assertThat(brokers.areGone()).isTrue();
    brokers.heard();
    assertThat(brokers.areGone()).isFalse();
    brokers.silent(false);
    assertThat(brokers.areGone()).isFalse();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
