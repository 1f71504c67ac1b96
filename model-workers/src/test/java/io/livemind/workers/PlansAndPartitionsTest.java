package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlansAndPartitionsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 63, 64, 65, 1000})
  void oneConsumerOfATopicTakesTheLastPlaceAndAllCanWaitForRecordsAtATime(int places) {
    var plans = PollerPlan.of(places);
    assertThat(plans.stream().mapToInt(PollerPlan::batch).sum()).isLessThanOrEqualTo(places);
    assertThat(plans).anySatisfy(plan -> assertThat(plan.batch()).isEqualTo(1));
  }

  @Test
  void aTopicThatHasGrownIsNoticedWithinASecond() {
    var size = new AtomicInteger(2);
    var now = new AtomicLong();
    var known = new KnownPartitions(size::get, now::get);
    assertThat(known.has(1)).isTrue();
    assertThat(known.has(2)).isFalse();
    assertThat(known.has(-1)).isFalse();
    size.set(3);
    assertThat(known.has(2)).isFalse();
    now.set(1_000_000_000L);
    assertThat(known.has(2)).isTrue();
  }

  @Test
  void brokersThatDoNotAnswerLeaveTheKnownPartitionsUsable() {
    var reachable = new AtomicInteger(1);
    var now = new AtomicLong();
    var known =
        new KnownPartitions(
            () -> {
              if (reachable.get() == 0) throw new TimeoutException("test");
              return 2;
            },
            now::get);
    reachable.set(0);
    now.set(1_000_000_000L);
    assertThat(known.has(5)).isFalse();
    assertThat(known.has(1)).isTrue();
  }
}
