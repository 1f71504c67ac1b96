package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.check.Guarantee;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.process.PlantedBug;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proof that a bug in the product would be found: each is planted, and its promise broken. */
class PlantedBugsTest {
  private static final Crowd CROWD = Crowd.of(6);
  private static final long SEED = 20261126;
  private static final int MOST_TRIES = 5;
  private static final Path FOLDER = Path.of("target/chaos");

  @Test
  void aWordThatTheTopologyLosesIsMissed() throws InterruptedException {
    assertThat(broken(PlantedBug.WORD_LOST, Case.SENT_AGAIN)).containsExactly(Guarantee.G1);
  }

  @Test
  void aWordThatTheTopologyRepeatsIsNoticed() throws InterruptedException {
    assertThat(broken(PlantedBug.WORD_TWICE, Case.SENT_AGAIN)).containsExactly(Guarantee.G2);
  }

  @Test
  void aReplyThatBrokeOffIsNotTakenForAnAnswer() throws InterruptedException {
    Run run =
        run(
            new Cluster.Size(1, 1, 0, 1, 0, PlantedBug.REPLY_CUT_SHORT),
            Case.STREAM_CUT,
            PlantedBugsTest::anAnswerBrokeOff);
    assertThat(UntimedPromises.broken(run)).containsExactly(Guarantee.G4);
  }

  /** Long since it judges a promise about time: in the short run another process is beside it. */
  @Test
  @Tag("long")
  void overloadIsRefusedAndThinkingIsShedFirst() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 2, 1, PlantedBug.NONE), Case.OVERLOAD);
    assertThat(run.verdict().violations().get(Guarantee.G9)).isEmpty();
    UntimedPromises.assertKept(run);
  }

  @Test
  @Tag("long")
  void whoeverMayTypeAsFastAsTheyLikeIsNoticed() throws InterruptedException {
    Run run = run(new Cluster.Size(1, 1, 0, 2, 1, PlantedBug.NO_RATE_LIMIT), Case.OVERLOAD);
    assertThat(run.verdict().violations().get(Guarantee.G9))
        .contains("nobody was refused who typed too fast");
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
    assertThat(broken(PlantedBug.DELETED_STAYS, Case.EDITED_WHILE_THINKING))
        .contains(Guarantee.G10);
  }

  @Test
  @Tag("long")
  void aWordOfAnotherSessionIsNoticed() throws InterruptedException {
    assertThat(broken(PlantedBug.LEAKS, Case.SENT_AGAIN)).contains(Guarantee.G6);
  }

  @Test
  @Tag("long")
  void aKilledWorkerThatIsWaitedForTooLongIsNoticed() throws InterruptedException {
    Run run =
        run(
            new Cluster.Size(1, 1, 0, 1, 0, PlantedBug.LEASES_TOO_LONG),
            Case.WORKER_KILLED,
            PlantedBugsTest::aTaskWasHeldAtAKill);
    assertThat(run.verdict().violations().get(Guarantee.G8)).isNotEmpty();
  }

  private static Set<Guarantee> broken(PlantedBug bug, Case chaosCase) throws InterruptedException {
    return UntimedPromises.broken(run(new Cluster.Size(1, 1, 0, 1, 0, bug), chaosCase));
  }

  private static Run run(Cluster.Size size, Case chaosCase) throws InterruptedException {
    return run(size, chaosCase, _ -> true);
  }

  /** With one seed after another, until what the run is about has happened in it. */
  private static Run run(Cluster.Size size, Case chaosCase, Predicate<Run> hasHappened)
      throws InterruptedException {
    try (var cluster = Cluster.start(size)) {
      for (long seed = SEED; seed < SEED + MOST_TRIES; seed++) {
        Run run = Run.of(cluster, chaosCase, seed, CROWD);
        FaultReport.writeHistory(run, FOLDER.resolve(size.bug().name()));
        if (hasHappened.test(run)) return run;
      }
    }
    throw new AssertionError("in none of " + MOST_TRIES + " runs what " + chaosCase + " is about");
  }

  private static boolean anAnswerBrokeOff(Run run) {
    return run.history()
        .each(Event.Asked.class)
        .anyMatch(call -> call.kind().equals("answer") && !call.whole());
  }

  /** A turn had started when the worker was killed, and did not end just then. */
  private static boolean aTaskWasHeldAtAKill(Run run) {
    return run.history()
        .each(Event.Struck.class)
        .anyMatch(
            kill ->
                seen(run, Set.of("started"))
                    .filter(started -> started.atMillis() < kill.atMillis())
                    .anyMatch(
                        started ->
                            seen(run, Set.of("completed", "failed", "cancelled"))
                                .filter(end -> end.session().equals(started.session()))
                                .filter(end -> end.turn() == started.turn())
                                .allMatch(end -> end.atMillis() > kill.atMillis() + 1_000)));
  }

  private static Stream<Event.Seen> seen(Run run, Set<String> kinds) {
    return run.history().each(Event.Seen.class).filter(event -> kinds.contains(event.kind()));
  }
}
