package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final RetryBudget budget = new RetryBudget(() -> 0.5);

  private static Failed failed(FailureCode code) {
    return Failed.of(code, "test");
  }

  private static Failed refused(Duration retryAfter) {
    return new Failed(
        FailureCode.RATE_LIMITED, "test", Optional.of(retryAfter), TokenCounts.UNKNOWN);
  }

  @Test
  void aBrokenConnectionIsRetriedAtOnce() {
    assertThat(budget.retry(failed(FailureCode.DISCONNECTED), 0)).contains(Duration.ZERO);
  }

  @Test
  void anOverloadedServerIsGivenAMoment() {
    assertThat(budget.retry(failed(FailureCode.OVERLOADED), 0)).contains(Duration.ofMillis(100));
  }

  @Test
  void aTaskIsRetriedOnce() {
    assertThat(budget.retry(failed(FailureCode.DISCONNECTED), 1)).isEmpty();
  }

  @Test
  void whatCannotSucceedIsNotRetried() {
    assertThat(budget.retry(failed(FailureCode.UNAUTHORISED), 0)).isEmpty();
    assertThat(budget.retry(failed(FailureCode.LENGTH_LIMIT), 0)).isEmpty();
  }

  @Test
  void aTimeoutHasUsedThePatienceUp() {
    assertThat(budget.retry(failed(FailureCode.FIRST_TOKEN_TIMEOUT), 0)).isEmpty();
  }

  @Test
  void theServersWishIsKeptWhereItIsShort() {
    assertThat(budget.retry(refused(Duration.ofMillis(700)), 0)).contains(Duration.ofMillis(700));
    assertThat(budget.retry(refused(Duration.ofSeconds(30)), 0)).isEmpty();
  }

  @Test
  void whenEverythingFailsRetriesEnd() {
    for (int i = 0; i < 10; i++) budget.retry(failed(FailureCode.DISCONNECTED), 0);
    assertThat(budget.retry(failed(FailureCode.DISCONNECTED), 0)).isEmpty();
    for (int i = 0; i < 10; i++) budget.succeeded();
    assertThat(budget.retry(failed(FailureCode.DISCONNECTED), 0)).isPresent();
    assertThat(budget.retry(failed(FailureCode.DISCONNECTED), 0)).isEmpty();
  }
}
