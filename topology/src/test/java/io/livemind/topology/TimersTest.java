package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long LEASE = 5_000;

  private final Timers timers = new Timers();

  @Test
  void aSessionIsLookedAtOnceAtItsTime() {
    timers.set("a", 100);
    timers.set("b", 50);

    assertThat(timers.due(49)).isEmpty();
    assertThat(timers.due(100)).containsExactly("b", "a");
    assertThat(timers.due(100)).isEmpty();
  }

  @Test
  void theTimeThatWasSetLastCounts() {
    timers.set("later", 50);
    timers.set("later", 100);
    timers.set("earlier", 100);
    timers.set("earlier", 50);
    timers.set("never", 50);
    timers.set("never", Long.MAX_VALUE);

    assertThat(timers.due(99)).containsExactly("earlier");
    assertThat(timers.due(100)).containsExactly("later");
  }

  @Test
  void aSessionThatLivesForManyTasksHoldsNoMoreThanOneThatLivesForFew() {
    long nowMillis = 0;
    for (int task = 0; task < 100_000; task++) {
      timers.set("busy", nowMillis + DAY);
      timers.set("busy", nowMillis + LEASE);
      timers.set("busy", nowMillis + DAY);
      nowMillis += 2 * LEASE;
      assertThat(timers.due(nowMillis)).isEmpty();
    }

    assertThat(timers.held()).isLessThan(2_000);
    assertThat(timers.due(nowMillis + DAY)).isEqualTo(List.of("busy"));
  }
}
