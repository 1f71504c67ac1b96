package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.check.Guarantee;
import io.livemind.integration.chaos.process.PlantedBug;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The short run: the first twelve cases, once; in the long suite with three seeds, and the others
 * too. {@code integration-tests/chaos} is for more. And the proof that a bug in the product would
 * be found.
 */
class ChaosTest {
  private static final int SESSIONS = 6;
  private static final long SEED = 20261126;
  private static final int TOP = 12;

  /** Held by the command, on a machine that does nothing else: here they would test the machine. */
  private static final Set<Guarantee> TIMED = Set.of(Guarantee.G7, Guarantee.G8, Guarantee.G9);

  @Test
  void everyPromiseIsKeptWhateverIsLikeliestToGoWrong() throws InterruptedException {
    promisesAreKept("top", Case.top(TOP), List.of(SEED));
  }

  @Test
  @Tag("long")
  void everyPromiseIsKeptAtOtherMomentsToo() throws InterruptedException {
    promisesAreKept("top-again", Case.top(TOP), List.of(SEED + 1, SEED + 2));
  }

  @Test
  @Tag("long")
  void everyPromiseIsKeptWhateverElseGoesWrong() throws InterruptedException {
    List<Case> all = List.of(Case.values());
    promisesAreKept("others", all.subList(TOP, all.size()), List.of(SEED));
  }

  private static void promisesAreKept(String name, List<Case> cases, List<Long> seeds)
      throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    try (var cluster = Cluster.start(Cluster.Size.TWO_OF_EACH)) {
      for (Case chaosCase : cases) {
        for (long seed : seeds) runs.add(Run.of(cluster, chaosCase, seed, SESSIONS));
      }
    }
    new FaultReport(runs).write(Path.of("target/chaos", name));

    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(violated(run)).as(run.chaosCase().name()).isEmpty();
              assertThat(run.verdict().conclusive()).as(run.chaosCase().name()).isTrue();
            });
  }

  @Test
  void aWordThatTheTopologyLosesIsMissed() throws InterruptedException {
    assertThat(violated(PlantedBug.WORD_LOST, Case.SENT_AGAIN)).containsExactly(Guarantee.G1);
  }

  @Test
  void aWordThatTheTopologyRepeatsIsNoticed() throws InterruptedException {
    assertThat(violated(PlantedBug.WORD_TWICE, Case.SENT_AGAIN)).containsExactly(Guarantee.G2);
  }

  @Test
  void aReplyThatBrokeOffIsNotTakenForAnAnswer() throws InterruptedException {
    assertThat(violated(PlantedBug.REPLY_CUT_SHORT, Case.STREAM_CUT)).containsExactly(Guarantee.G4);
  }

  private static List<Guarantee> violated(PlantedBug bug, Case chaosCase)
      throws InterruptedException {
    try (var cluster = Cluster.start(new Cluster.Size(1, 1, 0, 1, 0, bug))) {
      Run run = Run.of(cluster, chaosCase, SEED, SESSIONS);
      return violated(run);
    }
  }

  private static List<Guarantee> violated(Run run) {
    return run.verdict().violations().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(guarantee -> !TIMED.contains(guarantee))
        .toList();
  }
}
