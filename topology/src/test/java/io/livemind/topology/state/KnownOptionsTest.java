package io.livemind.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of what clients choose a process holds. */
class KnownOptionsTest {
  private static final int BOUND = 100_000;

  private final KnownOptions known = new KnownOptions(BOUND);
  private final List<Long> read = new ArrayList<>();

  @Test
  void aSetIsReadOnce() {
    ask(1, 100);
    ask(1, 100);

    assertThat(read).containsExactly(1L);
  }

  @Test
  void howeverManyAndLongTheSetsAreTheirUnitsAreBounded() {
    for (int digest = 1; digest <= 1_000; digest++) {
      ask(digest, digest % 10 * 4_000);
      assertThat(known.held()).isBetween(0L, (long) BOUND);
    }
    assertThat(known.held()).isGreaterThan(BOUND / 2);
  }

  @Test
  void shortSetsAreBoundedToo() {
    for (int digest = 1; digest <= 10_000; digest++) ask(digest, 0);
    read.clear();
    for (int digest = 10_000; digest > 0; digest--) ask(digest, 0);

    assertThat(read.size()).isGreaterThan(9_000);
  }

  @Test
  void whatWasUsedLatestStays() {
    ask(1, 40_000);
    ask(2, 40_000);
    ask(1, 40_000);
    ask(3, 40_000);
    read.clear();

    ask(1, 40_000);
    ask(3, 40_000);
    ask(2, 40_000);

    assertThat(read).containsExactly(2L);
  }

  @Test
  void aSetThatIsLargerThanAllMayBeIsGivenAndNotHeld() {
    assertThat(ask(1, BOUND).getSystem().orElseThrow()).hasSize(BOUND);
    ask(1, BOUND);

    assertThat(read).containsExactly(1L, 1L);
    assertThat(known.held()).isZero();
  }

  @Test
  void theAnswerFormatCountsAsTheSystemMessageDoes() {
    var options = SessionOptions.newBuilder().setAnswerFormat("f".repeat(BOUND)).build();
    known.of(1, () -> options);

    assertThat(known.held()).isZero();
  }

  private SessionOptions ask(long digest, int systemLength) {
    return known.of(
        digest,
        () -> {
          read.add(digest);
          return SessionOptions.newBuilder().setSystem("s".repeat(systemLength)).build();
        });
  }
}
