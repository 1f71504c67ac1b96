package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long SECOND = 1_000_000_000L;

  private final Breaker breaker = new Breaker();

  private void fail(int times, long nowNanos) {
    for (int i = 0; i < times; i++) {
      breaker.failed(FailureCode.UNREACHABLE, breaker.started(), nowNanos);
    }
  }

  @Test
  void fewFailuresDoNotOpenIt() {
    fail(Breaker.THRESHOLD - 1, 0);
    assertThat(breaker.allows(0)).isTrue();
  }

  @Test
  void aSuccessBetweenFailuresStartsTheCountAgain() {
    fail(Breaker.THRESHOLD - 1, 0);
    breaker.succeeded(breaker.started());
    fail(Breaker.THRESHOLD - 1, 0);
    assertThat(breaker.allows(0)).isTrue();
  }

  @Test
  void failuresInARowKeepCallsAwayForASecond() {
    fail(Breaker.THRESHOLD, 0);
    assertThat(breaker.allows(SECOND - 1)).isFalse();
    assertThat(breaker.pauseLeftNanos(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(breaker.allows(SECOND)).isTrue();
  }

  @Test
  void onlyOneCallProbes() {
    fail(Breaker.THRESHOLD, 0);
    long probe = breaker.started();
    assertThat(breaker.allows(10 * SECOND)).isFalse();
    breaker.succeeded(probe);
    assertThat(breaker.allows(10 * SECOND)).isTrue();
  }

  @Test
  void aFailedProbeDoublesThePauseUpToHalfAMinute() {
    fail(Breaker.THRESHOLD, 0);
    long now = SECOND;
    fail(1, now);
    assertThat(breaker.pauseLeftNanos(now)).isEqualTo(2 * SECOND);
    for (int i = 0; i < 10; i++) {
      now += 60 * SECOND;
      fail(1, now);
    }
    assertThat(breaker.pauseLeftNanos(now)).isEqualTo(30 * SECOND);
  }

  @Test
  void aProbeThatIsGivenUpIsMadeAgain() {
    fail(Breaker.THRESHOLD, 0);
    breaker.abandoned(breaker.started(), SECOND);
    assertThat(breaker.allows(SECOND)).isTrue();
  }
}
