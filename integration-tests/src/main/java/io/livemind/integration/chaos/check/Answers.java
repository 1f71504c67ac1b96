package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How turns end. */
final class Answers {
  /** Turn deadline of the chaos clients' sessions, and until its end has been told. */
  private static final Duration LATEST_END = Duration.ofSeconds(60 + 5);

  /** Is added where another process must go on. */
  private static final Duration FAILOVER = Duration.ofSeconds(15);

  private Answers() {}

  /** G3: one end, with one text, and the text that was shown. */
  static List<String> moreThanOne(History history) {
    List<String> violations = new ArrayList<>();
    new Turns(history)
        .seen()
        .forEach(
            (turn, seen) -> {
              Set<String> ends = new LinkedHashSet<>();
              seen.stream()
                  .filter(Turns::isEnd)
                  .forEach(
                      end -> ends.add(end.kind() + " of " + end.execution() + ": " + end.text()));
              if (ends.size() > 1) violations.add(turn + " ended in several ways: " + ends);
            });
    return violations;
  }

  /** G4: every acknowledged submit ends in time, and an answer is one that a model gave. */
  static List<String> withoutProperEnd(History history) {
    var turns = new Turns(history);
    List<String> violations = new ArrayList<>();
    turns
        .submitted()
        .forEach(
            (turn, submits) -> {
              Event.Submitted submit = submits.getFirst();
              if (!turns.acknowledged(submit)) return;
              Optional<Event.Seen> end = Turns.end(turns.seen().getOrDefault(turn, List.of()));
              if (end.isEmpty()) {
                violations.add(turn + " never ended");
              } else if (end.get().atMillis() - submit.atMillis() > longest(history, submit)) {
                violations.add(
                    turn
                        + " ended too late: "
                        + (end.get().atMillis() - submit.atMillis())
                        + " ms");
              } else if (end.get().kind().equals("failed") && end.get().text().isEmpty()) {
                violations.add(turn + " failed without a code");
              } else if (end.get().kind().equals("completed")
                  && !answersOf(turns, turn).contains(end.get().text())) {
                violations.add(turn + " shows what no whole reply was: " + end.get().text());
              }
            });
    return violations;
  }

  /** Milliseconds: longer if something was struck while the turn ran, or shortly before. */
  private static long longest(History history, Event.Submitted submit) {
    long from = submit.atMillis() - FAILOVER.toMillis();
    long to = submit.atMillis() + LATEST_END.toMillis();
    boolean struck =
        history
            .each(Event.Struck.class)
            .anyMatch(strike -> strike.atMillis() >= from && strike.atMillis() <= to);
    return struck ? LATEST_END.plus(FAILOVER).toMillis() : LATEST_END.toMillis();
  }

  /** G4 where no model fails: no turn that is submitted from then on ends with an error. */
  static List<String> failed(History history, long fromMillis) {
    List<String> violations = new ArrayList<>();
    var turns = new Turns(history);
    var seen = turns.seen();
    turns
        .submitted()
        .forEach(
            (turn, submits) -> {
              if (submits.getFirst().atMillis() < fromMillis) return;
              Turns.end(seen.getOrDefault(turn, List.of()))
                  .filter(end -> end.kind().equals("failed"))
                  .ifPresent(end -> violations.add(turn + " failed with " + end.text()));
            });
    return violations;
  }

  private static Set<String> answersOf(Turns turns, Turns.Turn turn) {
    Set<String> answers = new LinkedHashSet<>();
    turns.answerCalls().getOrDefault(turn, List.of()).stream()
        .filter(Event.Asked::whole)
        .forEach(call -> answers.add(call.expected()));
    return answers;
  }
}
