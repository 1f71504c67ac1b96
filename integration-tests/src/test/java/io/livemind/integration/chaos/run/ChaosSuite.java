package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** Cases with seeds on one cluster; what was seen is kept in {@code target/chaos}. */
final class ChaosSuite {
  static final long SEED = 20261126;

  private static final Crowd CROWD = Crowd.of(6);
  private static final Path FOLDER = Path.of("target/chaos");

  private ChaosSuite() {}

  static void promisesAreKept(String name, List<Case> cases, List<Long> seeds)
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
      new FaultReport(series.finished(), " --sessions " + CROWD.people()).write(folder);
    }
    // What a machine lacks the means for is not judged, and named as such in report and output.
    boolean needsAll = System.getenv("CI") != null;
    assertThat(series.finished())
        .filteredOn(run -> needsAll || run.ending().reached() != Run.Reached.NOT_RUN)
        .allSatisfy(UntimedPromises::assertKept);
  }
}
