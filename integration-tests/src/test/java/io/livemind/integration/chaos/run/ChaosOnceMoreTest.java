package io.livemind.integration.chaos.run;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The third seed of {@link ChaosTest}, a class of its own so that two processes share the runs. */
class ChaosOnceMoreTest {
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyPromiseIsKeptWhateverIsLikeliestToGoWrong() throws InterruptedException {
    ChaosSuite.promisesAreKept(
        "top-once-more", Case.top(ChaosTest.TOP), List.of(ChaosSuite.SEED + 2));
  }
}
