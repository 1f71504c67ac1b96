package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

  @Test
  void waitsTwiceAsLongEachTimeUpToEightSecondsAndBeginsAgainWhenItWorked() {
    var longest = new BackOff(() -> 1);

    assertThat(LongStream.range(0, 7).map(ignored -> longest.next().toMillis()).toArray())
        .containsExactly(250, 500, 1_000, 2_000, 4_000, 8_000, 8_000);
    longest.reset();
    assertThat(longest.next().toMillis()).isEqualTo(250);
  }

  @Test
  void chanceTakesUpToHalfOfTheWait() {
    assertThat(new BackOff(() -> 0).next().toMillis()).isEqualTo(125);
  }
}
