package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessWatchTest {
  private static final Duration BEAT = Duration.ofMillis(100);
  private static final Duration TOO_LONG = ProcessWatch.LONGEST_PAUSE.plus(BEAT);

  private final AtomicLong nanos = new AtomicLong(5);
  private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);
  private final AtomicInteger halts = new AtomicInteger();
  private final ProcessWatch watch =
      new ProcessWatch(
          halts::incrementAndGet, ProcessWatch.LONGEST_PAUSE, nanos::get, wallMillis::get);

  @Test
  void aProcessThatRunsGoesOn() {
    for (int i = 0; i < 100; i++) {
      passes(BEAT);
      watch.beat();
      watch.check();
    }

    assertThat(halts).hasValue(0);
  }

  @Test
  void aProcessThatStoodStillHaltsBeforeItReadsOrWrites() {
    passes(TOO_LONG);

    watch.check();

    assertThat(halts).hasValue(1);
  }

  @Test
  void aBeatDoesNotHideThatTheProcessStoodStill() {
    passes(TOO_LONG);

    watch.beat();

    assertThat(halts).hasValue(1);
  }

  @Test
  void aProcessWhoseWallClockIsSetBackHalts() {
    passes(BEAT);
    wallMillis.addAndGet(-TOO_LONG.toMillis());

    watch.beat();

    assertThat(halts).hasValue(1);
  }

  @Test
  void aWallClockThatIsSetForwardOrAdjustedHaltsNobody() {
    passes(BEAT);
    wallMillis.addAndGet(Duration.ofMinutes(5).toMillis());
    watch.beat();
    for (int i = 0; i < 100; i++) {
      passes(BEAT);
      wallMillis.addAndGet(-BEAT.toMillis());
      watch.beat();
    }

    assertThat(halts).hasValue(0);
  }

  @Test
  void aWatchThatIsOffHaltsNobody() {
    ProcessWatch.off().check();
    ProcessWatch.off().beat();

    assertThat(halts).hasValue(0);
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    wallMillis.addAndGet(time.toMillis());
  }
}
