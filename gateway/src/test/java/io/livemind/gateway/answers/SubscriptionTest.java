package io.livemind.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Opened;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private final AtomicInteger slow = new AtomicInteger();
  private final Subscription subscription =
      new Subscription("s", 0, 0, 3, slow::incrementAndGet, false);

  @Test
  void records_come_in_order() throws InterruptedException {
    offer(0, 3);

    assertThat(subscription.take(AT_ONCE).records())
        .extracting(AnswerRecord::offset)
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void a_reader_that_leaves_too_much_is_ended_as_slow_once_and_holds_no_memory()
      throws InterruptedException {
    offer(0, 9);

    var batch = subscription.take(AT_ONCE);

    assertThat(batch.records()).isEmpty();
    assertThat(batch.ended()).isTrue();
    assertThat(subscription.end()).isEqualTo(Subscription.End.SLOW);
    assertThat(slow).hasValue(1);
  }

  @Test
  void what_is_queued_is_still_taken_after_the_end() throws InterruptedException {
    offer(0, 2);
    subscription.end(Subscription.End.GOING_AWAY);
    offer(2, 3);

    var batch = subscription.take(AT_ONCE);

    assertThat(batch.records()).hasSize(2);
    assertThat(batch.ended()).isTrue();
  }

  @Test
  void the_first_reason_to_end_counts() {
    subscription.end(Subscription.End.DELETED);
    subscription.end(Subscription.End.LEFT);

    assertThat(subscription.end()).isEqualTo(Subscription.End.DELETED);
  }

  private void offer(int from, int to) {
    for (int offset = from; offset < to; offset++)
      subscription.offer(new AnswerRecord("s", 0, offset, new AnswerEvent(0, 0L, new Opened())));
  }
}
