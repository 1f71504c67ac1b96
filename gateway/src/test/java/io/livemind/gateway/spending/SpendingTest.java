package io.livemind.gateway.spending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.problem.Problem;
import io.livemind.schemas.avro.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final int DAY = 20_000;
  private static final Owner ADA = Owner.of("ada");

  private final AtomicLong clock = new AtomicLong(Duration.ofDays(DAY).plusHours(23).toMillis());
  private final Spending spending = new Spending(OptionalLong.of(100), clock::get);

  @Test
  void sessionsOfAUserAddUpAndARecordThatIsReadTwiceCountsOnce() {
    spending.take(usage(ADA, "one", DAY, 60));
    spending.take(usage(ADA, "one", DAY, 60));
    assertThatCode(() -> spending.check(ADA)).doesNotThrowAnyException();

    spending.take(usage(ADA, "two", DAY, 40));

    assertThatThrownBy(() -> spending.check(ADA))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.reason()).contains("tokens-per-user-and-day = 100");
              assertThat(problem.retryAfter()).isEqualTo(Optional.of(Duration.ofHours(1)));
            });
  }

  @Test
  void whatOthersSpendIsTheirs() {
    spending.take(usage(Owner.of("bob"), "one", DAY, 1_000));

    assertThatCode(() -> spending.check(ADA)).doesNotThrowAnyException();
  }

  @Test
  void anotherDayBeginsWithNothingSpent() {
    spending.take(usage(ADA, "one", DAY, 100));

    clock.addAndGet(Duration.ofHours(1).toMillis());

    assertThatCode(() -> spending.check(ADA)).doesNotThrowAnyException();
    spending.take(usage(ADA, "one", DAY, 100));
    assertThatCode(() -> spending.check(ADA)).doesNotThrowAnyException();
  }

  @Test
  void withoutALimitNobodyIsRefused() {
    var unlimited = new Spending(OptionalLong.empty(), clock::get);
    unlimited.take(usage(ADA, "one", DAY, Long.MAX_VALUE));

    assertThatCode(() -> unlimited.check(ADA)).doesNotThrowAnyException();
  }

  private static Usage usage(Owner owner, String session, int day, long tokens) {
    return Usage.newBuilder()
        .setOwnerDigest(owner.digest())
        .setSession(session)
        .setDay(day)
        .setTokensOfDay(tokens)
        .setTokens(tokens)
        .setWastedTokens(0)
        .setCalls(1)
        .setTurns(1)
        .setAtMillis(0)
        .build();
  }

  @Test
  void whereNobodySpendsAPollWaitsSoThatItsThreadDoesNotSpin() {
    long begun = System.nanoTime();

    assertThat(SpendingSource.NONE.poll(Duration.ofMillis(100))).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }
}
