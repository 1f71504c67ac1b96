package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.check.Guarantee;
import io.livemind.integration.chaos.process.PlantedBug;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    // One after another is the long run, a command of its own.
    List<Case> others = EnumSet.range(Case.values()[TOP], Case.GATEWAY_CLOCK).stream().toList();
    promisesAreKept("others", others, List.of(SEED));
  }

  private static void promisesAreKept(String name, List<Case> cases, List<Long> seeds)
      throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    try (var cluster = Cluster.start(Cluster.Size.TWO_OF_EACH)) {
      for (Case chaosCase : cases) {
        for (long seed : seeds) {
          Optional<String> impossible = chaosCase.impossible();
          runs.add(
              impossible.isPresent()
                  ? Run.impossible(chaosCase, seed, impossible.get())
                  : Run.of(cluster, chaosCase, seed, SESSIONS));
        }
      }
    }
    new FaultReport(runs).write(Path.of("target/chaos", name));

    // Not judged, and named as such in the report and here.
    runs.stream()
        .filter(run -> run.ending().reached() == Run.Reached.NOT_RUN)
        .forEach(run -> System.err.println(run.chaosCase() + " not run: " + run.ending().why()));
    assertThat(runs)
        .filteredOn(run -> run.ending().reached() != Run.Reached.NOT_RUN)
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

  @Test
  void overloadIsRefusedAndThinkingIsShedFirst() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 2, 1, PlantedBug.NONE), Case.OVERLOAD);
    assertThat(run.verdict().violations().get(Guarantee.G9)).isEmpty();
    assertThat(violated(run)).isEmpty();
    assertThat(run.verdict().conclusive()).isTrue();
  }

  @Test
  @Tag("long")
  void whoeverMayTypeAsFastAsTheyLikeIsNoticed() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 2, 1, PlantedBug.NO_RATE_LIMIT), Case.OVERLOAD);
    assertThat(run.verdict().violations().get(Guarantee.G9))
        .containsExactly("nobody was refused who typed too fast");
  }

  @Test
  @Tag("long")
  void aBadSessionThatHoldsTheOthersUpIsNoticed() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 1, 0, PlantedBug.BAD_SESSION_BLOCKS), Case.POISON);
    assertThat(run.verdict().violations().get(Guarantee.G7)).isNotEmpty();
  }

  @Test
  @Tag("long")
  void aDeletedWordThatComesBackIsNoticed() throws InterruptedException {
    assertThat(violated(PlantedBug.DELETED_STAYS, Case.EDITED_WHILE_THINKING))
        .contains(Guarantee.G10);
  }

  @Test
  @Tag("long")
  void aWordOfAnotherSessionIsNoticed() throws InterruptedException {
    assertThat(violated(PlantedBug.LEAKS, Case.SENT_AGAIN)).contains(Guarantee.G6);
  }

  @Test
  @Tag("long")
  void aKilledWorkerThatIsWaitedForTooLongIsNoticed() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 1, 0, PlantedBug.LEASES_TOO_LONG), Case.WORKER_KILLED);
    assertThat(run.verdict().violations().get(Guarantee.G8)).isNotEmpty();
  }

  private static List<Guarantee> violated(PlantedBug bug, Case chaosCase)
      throws InterruptedException {
    return violated(run(new Cluster.Size(1, 1, 0, 1, 0, bug), chaosCase));
  }

  private static Run run(Cluster.Size size, Case chaosCase) throws InterruptedException {
    try (var cluster = Cluster.start(size)) {
      return Run.of(cluster, chaosCase, SEED, SESSIONS);
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
