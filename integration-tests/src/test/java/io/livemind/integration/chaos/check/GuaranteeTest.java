package io.livemind.integration.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each checker passes a good history, and turns red at the bug that it is there for. */
class GuaranteeTest {
  private static final String SESSION = "session-0";
  private static final String OTHER = "session-1";
  private static final String ANSWER = "Until the ice breaks, c0t0n1.";

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aGoodHistoryKeepsEveryPromise(Guarantee guarantee) {
    assertThat(guarantee.violations(good())).isEmpty();
  }

  @Test
  void aWordThatDidNotReachTheModelIsLost() {
    assertOnly(Guarantee.G1, told(call -> asked(call, List.of("c0t0n1 "))));
  }

  @Test
  void aWordThatReachedTheModelTwiceTookEffectTwice() {
    assertOnly(Guarantee.G2, told(call -> asked(call, List.of("c0t0n1 c0t0n3 ", "c0t0n3 "))));
  }

  @Test
  void wordsInAnotherOrderAreOutOfOrder() {
    assertOnly(Guarantee.G2, told(call -> asked(call, List.of("c0t0n3 ", "c0t0n1 "))));
  }

  @Test
  void aSecondAnswerIsOneTooMany() {
    assertOnly(
        Guarantee.G3,
        with(
            new Event.Logged(930, SESSION, 0, 4, "completed", 2, "e2", "Something else."),
            new Event.Seen(930, SESSION, 0, 4, "completed", 2, "e2", "Something else.")));
  }

  @Test
  void aTurnWithoutAnEndBreaksItsPromise() {
    assertOnly(
        Guarantee.G4,
        without(
            event ->
                (event instanceof Event.Seen seen && seen.kind().equals("completed"))
                    || (event instanceof Event.Logged logged
                        && logged.kind().equals("completed"))));
  }

  @Test
  void aTruncatedAnswerMustNotBeShownAsComplete() {
    assertOnly(
        Guarantee.G4,
        changed(
            event ->
                event instanceof Event.Asked call && call.kind().equals("answer")
                    ? new Event.Asked(
                        call.atMillis(),
                        call.session(),
                        call.turn(),
                        call.kind(),
                        call.userTexts(),
                        call.allTexts(),
                        false,
                        call.expected())
                    : event));
  }

  @Test
  void anEventThatAClientDidNotSeeIsAGap() {
    assertOnly(
        Guarantee.G5,
        without(event -> event instanceof Event.Seen seen && seen.kind().equals("delta")));
  }

  @Test
  void anEventThatAClientSawTwiceIsARepeat() {
    assertOnly(Guarantee.G5, with(new Event.Seen(950, SESSION, 0, 2, "delta", 1, "e1", ANSWER)));
  }

  @Test
  void aGapThatTheClientWasToldOfIsNone() {
    var history =
        new ArrayList<>(
            without(event -> event instanceof Event.Seen seen && seen.kind().equals("delta"))
                .events());
    history.add(new Event.Resumed(880, SESSION, false));
    assertThat(Guarantee.G5.violations(new History(history))).isEmpty();
  }

  @Test
  void whoeverComesBackAfterTheEndIsToldTheEndInPlaceOfPieces() {
    assertThat(Guarantee.G5.violations(cameBackAt(890))).isEmpty();
    assertThat(Guarantee.G5.violations(cameBackAt(450))).isNotEmpty();
  }

  /** Without the answer's pieces; it was there to see the turn start at 500. */
  private static History cameBackAt(long atMillis) {
    var history =
        new ArrayList<>(
            without(event -> event instanceof Event.Seen seen && seen.kind().equals("delta"))
                .events());
    history.add(new Event.Resumed(atMillis, SESSION, true));
    return new History(history);
  }

  @Test
  void aFirstPieceBehindASnapshotMayBeJoinedWithThoseBeforeIt() {
    assertThat(Guarantee.G5.violations(firstSaw("cond third "))).isEmpty();
    assertThat(Guarantee.G5.violations(firstSaw("third "))).isEmpty();
    assertThat(Guarantee.G5.violations(firstSaw("first third "))).isNotEmpty();
    assertThat(Guarantee.G5.violations(firstSaw("cond "))).isNotEmpty();
  }

  /** Of an answer in four pieces: a text at the third one, and the fourth one as it is. */
  private static History firstSaw(String text) {
    return new History(
        List.of(
            new Event.Logged(100, SESSION, 0, 1, "delta", 1, "e1", "first "),
            new Event.Logged(110, SESSION, 0, 2, "delta", 1, "e1", "second "),
            new Event.Logged(120, SESSION, 0, 3, "delta", 1, "e1", "third "),
            new Event.Resumed(125, SESSION, true),
            new Event.Seen(126, SESSION, 0, 3, "delta", 1, "e1", text),
            new Event.Logged(130, SESSION, 0, 4, "delta", 1, "e1", "fourth"),
            new Event.Seen(131, SESSION, 0, 4, "delta", 1, "e1", "fourth")));
  }

  @Test
  void aSnapshotAndWhatFollowsAreTheAnswerFromItsStart() {
    assertThat(Guarantee.G5.violations(behindSnapshot(1, "first ", "second third "))).isEmpty();
    assertThat(Guarantee.G5.violations(behindSnapshot(1, "first ", "third "))).isNotEmpty();
    assertThat(Guarantee.G5.violations(behindSnapshot(2, "first second ", "second third ")))
        .isNotEmpty();
    assertThat(Guarantee.G5.violations(behindSnapshot(2, "second ", "third "))).isNotEmpty();
  }

  @Test
  void whatASnapshotShowedMustNotComeAgain() {
    assertThat(Guarantee.G5.violations(behindSnapshot(3, "first second third ", "third ")))
        .isNotEmpty();
  }

  @Test
  void anEndInASnapshotIsSeenOnce() {
    var end = new Event.Seen(140, SESSION, 0, 5, "completed", 1, "e1", "the whole");
    List<Event> events =
        new ArrayList<>(
            List.of(
                new Event.Logged(130, SESSION, 0, 5, "completed", 1, "e1", "the whole"),
                new Event.Snapshot(135, SESSION, true, 5, Map.of()),
                end));
    assertThat(Guarantee.G5.violations(new History(events))).isEmpty();
  }

  /**
   * Of the same answer: a snapshot with its beginning, up to this piece, and what came at the third
   * one.
   */
  private static History behindSnapshot(long position, String beginning, String next) {
    List<Event> events = new ArrayList<>(firstSaw(next).events());
    events.add(new Event.Snapshot(125, SESSION, true, position, Map.of("e1", beginning)));
    return new History(events);
  }

  @Test
  void aWordOfAnotherSessionIsALeak() {
    assertOnly(
        Guarantee.G6,
        with(
            new Event.Invoked(10, OTHER, 0, 1, "append", "c1t0n1 "),
            new Event.Logged(950, SESSION, 0, 9, "inferred", 0, "", "c1t0n1"),
            new Event.Seen(950, SESSION, 0, 9, "inferred", 0, "", "c1t0n1")));
  }

  @Test
  void aBadRecordThatSlowsOthersIsNoticed() {
    assertOnly(Guarantee.G7, twoTurns("poison", 200, 500));
    assertThat(Guarantee.G7.violations(twoTurns("poison", 200, 220))).isEmpty();
    assertOnly(Guarantee.G7, oneTurnBeforeAndOneUnderWay("poison", 200, 5_000));
  }

  @Test
  void aTurnThatStandsStillForLongAfterAKillIsLate() {
    assertThat(Guarantee.G8.violations(killed(4_000))).isEmpty();
    assertOnly(Guarantee.G8, killed(6_000));
  }

  @Test
  void aTurnThatIsSubmittedToADeadRoleWaitsFromItsSubmit() {
    assertThat(Recovery.all(submittedWhileDead(4_000)))
        .extracting(Recovery::millis)
        .containsExactly(4_000L);
    assertOnly(Guarantee.G8, submittedWhileDead(6_000));
  }

  @Test
  void aTurnThatIsSubmittedWhenTheRoleIsBackIsNoneOfItsKill() {
    assertThat(Recovery.all(killed(10, 1_000, 2_000))).extracting(Recovery::millis).isEmpty();
  }

  @Test
  void aRefusalWithoutATimeToComeBackIsBad() {
    assertOnly(
        Guarantee.G9,
        with(
            new Event.Struck(20, "flood", "gateways"),
            new Event.Fail(30, OTHER, 0, 1, 503, "unavailable", 0)));
    assertThat(
            Guarantee.G9.violations(
                with(
                    new Event.Struck(20, "flood", "gateways"),
                    new Event.Fail(30, OTHER, 0, 1, 429, "too_many_requests", 1_000))))
        .isEmpty();
  }

  @Test
  void somebodyWhoTypesTooFastMustBeRefused() {
    assertOnly(Guarantee.G9, with(new Event.Struck(20, "flood", "gateways")));
  }

  @Test
  void thinkingWhileAnswersWaitForPlacesIsNoticed() {
    assertOnly(Guarantee.G9, overload("inference"));
    assertThat(Guarantee.G9.violations(overload("answer"))).isEmpty();
  }

  @Test
  void aWordThatTheUserDeletedMustNotBeTold() {
    assertOnly(Guarantee.G10, told(call -> asked(call, List.of("c0t0n1 ", "c0t0n2 ", "c0t0n3 "))));
  }

  @Test
  void aRunThatEndsSickProvesNothing() {
    assertThat(Verdict.of(good()).good()).isTrue();
    assertThat(Verdict.of(with(new Event.Submitted(990, OTHER, 0, 5, "c1t0n1 "))).conclusive())
        .isFalse();
  }

  @Test
  void aStoredHistoryIsTheSame(@TempDir Path folder) {
    Path file = folder.resolve("history.jsonl");
    good().write(file);
    assertThat(History.read(file)).isEqualTo(good());
  }

  private static void assertOnly(Guarantee broken, History history) {
    for (Guarantee guarantee : Guarantee.values()) {
      var violations = assertThat(guarantee.violations(history)).as(guarantee.name());
      if (guarantee == broken) violations.isNotEmpty();
      else violations.isEmpty();
    }
  }

  /** Three words, the second taken back, submitted, thought about, answered. */
  private static History good() {
    return new History(
        List.of(
            new Event.Invoked(0, SESSION, 0, 0, "open", ""),
            new Event.Ok(1, SESSION, 0, 0),
            new Event.Invoked(100, SESSION, 0, 1, "append", "c0t0n1 "),
            new Event.Ok(101, SESSION, 0, 1),
            new Event.Invoked(200, SESSION, 0, 2, "append", "c0t0n2 "),
            new Event.Ok(201, SESSION, 0, 2),
            new Event.Deleted(300, SESSION, 0, "c0t0n2"),
            new Event.Invoked(300, SESSION, 0, 3, "replace", "c0t0n3 "),
            new Event.Ok(301, SESSION, 0, 3),
            new Event.Submitted(400, SESSION, 0, 4, "c0t0n1 c0t0n3 "),
            new Event.Ok(401, SESSION, 0, 4),
            new Event.Asked(
                410,
                SESSION,
                0,
                "answer",
                List.of("c0t0n1 c0t0n3 "),
                List.of("c0t0n1 c0t0n3 "),
                true,
                ANSWER),
            new Event.Logged(500, SESSION, 0, 1, "started", 1, "e1", ""),
            new Event.Seen(500, SESSION, 0, 1, "started", 1, "e1", ""),
            new Event.Logged(600, SESSION, 0, 2, "delta", 1, "e1", ANSWER),
            new Event.Seen(600, SESSION, 0, 2, "delta", 1, "e1", ANSWER),
            new Event.Logged(900, SESSION, 0, 3, "completed", 1, "e1", ANSWER),
            new Event.Seen(900, SESSION, 0, 3, "completed", 1, "e1", ANSWER)));
  }

  private static History with(Event... more) {
    return new History(Stream.concat(good().events().stream(), Arrays.stream(more)).toList());
  }

  private static History without(Predicate<Event> left) {
    return new History(good().events().stream().filter(left.negate()).toList());
  }

  private static History changed(UnaryOperator<Event> change) {
    return new History(good().events().stream().map(change).toList());
  }

  private static History told(UnaryOperator<Event.Asked> change) {
    return changed(event -> event instanceof Event.Asked call ? change.apply(call) : event);
  }

  private static Event.Asked asked(Event.Asked call, List<String> texts) {
    return new Event.Asked(
        call.atMillis(),
        call.session(),
        call.turn(),
        call.kind(),
        texts,
        texts,
        call.whole(),
        call.expected());
  }

  /** A turn waits three seconds for a model, and others are called meanwhile. */
  private static History overload(String kind) {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Struck(0, "overload", "workers"));
    events.add(new Event.Submitted(900, SESSION, 0, 4, ""));
    events.add(new Event.Queued(1_000, SESSION, 0));
    for (int i = 0; i < 4; i++) {
      events.add(
          new Event.Asked(
              2_600 + 100 * i, OTHER, 0, kind, List.of(), List.of(), true, "a thought"));
    }
    events.add(new Event.Asked(4_000, SESSION, 0, "answer", List.of(), List.of(), true, ANSWER));
    events.add(new Event.Seen(5_000, SESSION, 0, 1, "completed", 1, "e", ANSWER));
    return new History(events);
  }

  /** One turn before and one after something was struck. */
  private static History twoTurns(String fault, long firstMillis, long secondMillis) {
    return new History(
        List.of(
            new Event.Submitted(0, SESSION, 0, 4, ""),
            completed(firstMillis, 1),
            new Event.Struck(5_000, fault, "fragments"),
            new Event.Submitted(6_000, OTHER, 0, 4, ""),
            new Event.Seen(6_000 + secondMillis, OTHER, 0, 1, "completed", 1, "e", "")));
  }

  private static History oneTurnBeforeAndOneUnderWay(
      String fault, long firstMillis, long secondMillis) {
    return new History(
        List.of(
            new Event.Submitted(0, SESSION, 0, 4, ""),
            completed(firstMillis, 1),
            new Event.Submitted(4_900, OTHER, 0, 4, ""),
            new Event.Struck(5_000, fault, "fragments"),
            new Event.Seen(4_900 + secondMillis, OTHER, 0, 1, "completed", 1, "e", "")));
  }

  private static Event completed(long atMillis, long position) {
    return new Event.Seen(atMillis, SESSION, 0, position, "completed", 1, "e", "");
  }

  private static History killed(long silenceMillis) {
    return new History(
        List.of(
            new Event.Submitted(0, SESSION, 0, 4, ""),
            new Event.Seen(100, SESSION, 0, 1, "started", 1, "e1", ""),
            new Event.Struck(200, "kill", "worker"),
            new Event.Seen(200 + silenceMillis, SESSION, 0, 2, "started", 2, "e2", "")));
  }

  /** The worker is back after two seconds; somebody has submitted one second after the kill. */
  private static History submittedWhileDead(long silenceMillis) {
    return killed(2_000, 1_000, silenceMillis);
  }

  private static History killed(long awayMillis, long submitMillis, long silenceMillis) {
    return new History(
        List.of(
            new Event.Struck(200, "kill", "worker"),
            new Event.Submitted(200 + submitMillis, SESSION, 0, 4, ""),
            new Event.Healed(200 + awayMillis, "kill", "worker"),
            new Event.Seen(
                200 + submitMillis + silenceMillis, SESSION, 0, 1, "started", 1, "e1", "")));
  }
}
