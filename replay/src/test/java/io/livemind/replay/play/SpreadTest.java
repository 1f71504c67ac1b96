package io.livemind.replay.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final Duration WINDOW = Duration.ofSeconds(780);

  @Test
  void everySessionIsTypedWithinTheWindow() {
    List<Duration> typing = typing();
    List<Duration> starts = Spread.starts(typing, WINDOW);

    for (int i = 0; i < typing.size(); i++)
      assertThat(starts.get(i).plus(typing.get(i))).isBetween(typing.get(i), WINDOW);
  }

  @Test
  void aboutAsManyPeopleTypeAtAnyMomentAsAtAnyOther() {
    List<Duration> typing = typing();
    List<Duration> starts = Spread.starts(typing, WINDOW);
    double mean = typing.stream().mapToLong(Duration::toSeconds).sum() / 780.0;

    for (int second = 150; second < 630; second++) {
      int at = second;
      long typed = 0;
      for (int i = 0; i < typing.size(); i++)
        if (starts.get(i).toSeconds() <= at && at < starts.get(i).plus(typing.get(i)).toSeconds())
          typed++;
      assertThat(typed).as("second " + second).isBetween((long) (mean * 0.7), (long) (mean * 1.5));
    }
  }

  @Test
  void aSessionLongerThanTheWindowStartsAtOnce() {
    assertThat(Spread.starts(List.of(WINDOW.plusSeconds(1), Duration.ZERO), WINDOW).getFirst())
        .isEqualTo(Duration.ZERO);
  }

  /** As in the recordings: most take two minutes, some take ten. */
  private static List<Duration> typing() {
    var typing = new ArrayList<Duration>();
    for (int i = 0; i < 1_000; i++)
      typing.add(Duration.ofSeconds(i % 20 == 0 ? 600 : 60 + i % 7 * 20));
    return typing;
  }
}
