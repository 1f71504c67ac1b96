package io.livemind.integration.chaos.run;

import static io.livemind.integration.chaos.run.ChaosSuite.SEED;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short run: the first twelve cases with three seeds, the third one in {@link
 * ChaosOnceMoreTest}; in the long suite the others too. {@code integration-tests/chaos} is for
 * more.
 */
class ChaosTest {
  static final int TOP = 12;

  /** Beside another process of tests; a slow machine needs twice as long as a fast one. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyPromiseIsKeptWhateverIsLikeliestToGoWrong() throws InterruptedException {
    ChaosSuite.promisesAreKept("top", Case.top(TOP), List.of(SEED, SEED + 1));
  }

  @Test
  @Tag("long")
  void everyPromiseIsKeptWhateverElseGoesWrong() throws InterruptedException {
    // One after another is the long run, a command of its own.
    List<Case> others = EnumSet.range(Case.values()[TOP], Case.GATEWAY_CLOCK).stream().toList();
    ChaosSuite.promisesAreKept("others", others, List.of(SEED));
  }
}
