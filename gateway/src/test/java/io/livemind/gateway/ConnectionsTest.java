package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.livemind.gateway.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Connections connections = new Connections(2, nanos::get);

  @Test
  void an_upgrade_counts_before_it_is_done() {
    connections.enter("a");
    connections.promise("a");

    assertIsFull("a");
    connections.enter("b");
  }

  @Test
  void an_upgrade_that_is_done_counts_once_and_until_it_leaves() {
    connections.enter(connections.promise("a"));
    connections.enter(connections.promise("a"));

    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertIsFull("a");
    connections.leave("a");
    connections.enter("a");
    assertIsFull("a");
  }

  @Test
  void an_upgrade_that_is_given_up_leaves_at_once_and_once() {
    var refused = connections.promise("a");
    connections.giveUp(refused);
    connections.giveUp(refused);

    connections.enter("a");
    connections.enter("a");
    assertIsFull("a");
  }

  @Test
  void an_upgrade_that_broke_off_gives_its_place_back_in_time() {
    connections.promise("a");
    connections.promise("a");
    nanos.addAndGet(Connections.LONGEST_UPGRADE.toNanos());

    connections.enter("a");
    connections.enter("a");

    assertIsFull("a");
  }

  @Test
  void an_upgrade_that_took_too_long_counts_all_the_same() {
    var slow = connections.promise("a");
    connections.promise("a");
    nanos.addAndGet(Connections.LONGEST_UPGRADE.toNanos());
    connections.enter("a");
    connections.enter(slow);

    assertIsFull("a");
    connections.leave("a");
    connections.enter("a");
    assertIsFull("a");
  }

  @Test
  void nobody_waits_for_what_never_opened() throws InterruptedException {
    connections.promise("a");
    assertThat(connections.awaitNone(Duration.ZERO)).isTrue();

    connections.enter("a");
    connections.enter(connections.promise("b"));
    connections.leave("a");
    assertThat(connections.awaitNone(Duration.ZERO)).isFalse();
    connections.leave("b");
    assertThat(connections.awaitNone(Duration.ZERO)).isTrue();
  }

  private void assertIsFull(String address) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> connections.enter(address))
        .withMessageContaining("connections-per-address = 2");
  }
}
