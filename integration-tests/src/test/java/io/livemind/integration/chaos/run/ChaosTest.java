package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short run: the first twelve cases with three seeds; in the long suite the others too. {@code
 * integration-tests/chaos} is for more.
 */
class ChaosTest {
  private static final Crowd CROWD = Crowd.of(6);
  private static final long SEED = 20261126;
  private static final int TOP = 12;
  private static final Path FOLDER = Path.of("target/chaos");

  /** Eight minutes beside another process of tests; a slow machine may need twice as long. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyPromiseIsKeptWhateverIsLikeliestToGoWrong() throws InterruptedException {
    promisesAreKept("top", Case.top(TOP), List.of(SEED, SEED + 1, SEED + 2));
  }

  @Test
  @Tag("long")
  void everyPromiseIsKeptWhateverElseGoesWrong() throws InterruptedException {
    // One after another is the long run, a command of its own.
    List<Case> others = EnumSet.range(Case.values()[TOP], Case.GATEWAY_CLOCK).stream().toList();
    promisesAreKept("others", others, List.of(SEED));
  }

  private static void promisesAreKept(String name, List<Case> cases, List<Long> seeds)
      throws InterruptedException {
    Path folder = FOLDER.resolve(name);
    var series = new Series(folder);
    try {
      series.all(
          Cluster.Size.TWO_OF_EACH,
          seeds.stream()
              .flatMap(seed -> cases.stream().map(each -> new Series.Step(each, seed, CROWD)))
              .toList());
    } finally {
      new FaultReport(series.finished()).write(folder);
    }
    // What a machine lacks the means for is not judged, and named as such in report and output.
    boolean needsAll = System.getenv("CI") != null;
    assertThat(series.finished())
        .filteredOn(run -> needsAll || run.ending().reached() != Run.Reached.NOT_RUN)
        .allSatisfy(UntimedPromises::assertKept);
  }
}
