package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.Timeouts;
import io.livemind.workers.langchain4j.CallDeadlines.Expiry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallDeadlinesTest {
  private static final long START = Long.MAX_VALUE - 5; // nanoTime may overflow
  private static final Timeouts LIMITS =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          Duration.ofSeconds(10));

  private final CallDeadlines deadlines = new CallDeadlines(LIMITS, START);

  private static long at(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  private FailureCode failureAt(double seconds) {
    var expiry = deadlines.expired(at(seconds)).orElseThrow();
    return ((Expiry.TimedOut) expiry).code();
  }

  @Test
  void headersMustComeInTime() {
    assertThat(deadlines.expired(at(1.9))).isEmpty();
    assertThat(failureAt(2)).isEqualTo(FailureCode.FIRST_TOKEN_TIMEOUT);
    assertThat(deadlines.nextNanos()).isEqualTo(at(2));
  }

  @Test
  void theFirstTokenIsCountedFromTheStart() {
    deadlines.headers(at(1.5));
    assertThat(deadlines.expired(at(2.9))).isEmpty();
    assertThat(failureAt(3)).isEqualTo(FailureCode.FIRST_TOKEN_TIMEOUT);
  }

  @Test
  void eachTokenMovesTheIdleLimit() {
    deadlines.headers(at(1));
    deadlines.token(at(2));
    deadlines.token(at(5));
    assertThat(deadlines.expired(at(8.9))).isEmpty();
    assertThat(failureAt(9)).isEqualTo(FailureCode.IDLE_TIMEOUT);
  }

  @Test
  void theWholeCallHasALimitHoweverLivelyItIs() {
    for (int second = 1; second < 10; second++) deadlines.token(at(second));
    assertThat(deadlines.expired(at(9.9))).isEmpty();
    assertThat(failureAt(10)).isEqualTo(FailureCode.TOTAL_TIMEOUT);
    assertThat(deadlines.nextNanos()).isEqualTo(at(10));
  }

  @Test
  void anOpenConnectionAfterTheLastEventIsNoFailure() {
    deadlines.token(at(1));
    deadlines.done(at(2));
    assertThat(deadlines.expired(at(2.2))).isEmpty();
    assertThat(deadlines.expired(at(2.25))).contains(new Expiry.Drained());
  }
}
