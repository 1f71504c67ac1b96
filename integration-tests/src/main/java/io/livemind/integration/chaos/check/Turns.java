package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A history by turn, with what checkers ask of it again and again. */
final class Turns {
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

  /** A turn of a session. */
  record Turn(String session, int number) {
    @Override
    public String toString() {
      return "turn " + number + " of " + session;
    }
  }

  private final History history;

  Turns(History history) {
    this.history = history;
  }

  /** The submits of each turn, in their order. */
  Map<Turn, List<Event.Submitted>> submitted() {
    return byTurn(history.each(Event.Submitted.class), it -> new Turn(it.session(), it.turn()));
  }

  /** When the tasks of the answer stood in their topic, by turn. */
  Map<Turn, List<Event.Queued>> queued() {
    return byTurn(history.each(Event.Queued.class), it -> new Turn(it.session(), it.turn()));
  }

  /** What clients were shown, by turn. */
  Map<Turn, List<Event.Seen>> seen() {
    return byTurn(history.each(Event.Seen.class), it -> new Turn(it.session(), it.turn()));
  }

  /** Calls that answer, by turn. */
  Map<Turn, List<Event.Asked>> answerCalls() {
    return byTurn(
        history.each(Event.Asked.class).filter(call -> call.kind().equals("answer")),
        it -> new Turn(it.session(), it.turn()));
  }

  /** Whether the fragment was acknowledged. */
  boolean acknowledged(Event.Submitted submit) {
    return history
        .each(Event.Ok.class)
        .anyMatch(
            ok ->
                ok.session().equals(submit.session())
                    && ok.turn() == submit.turn()
                    && ok.sequence() == submit.sequence());
  }

  /** The event that ended the turn. */
  static Optional<Event.Seen> end(List<Event.Seen> seen) {
    return seen.stream().filter(event -> ENDS.contains(event.kind())).findFirst();
  }

  static boolean isEnd(Event.Seen event) {
    return ENDS.contains(event.kind());
  }

  /** The clients' words in a text, in their order. */
  static List<String> words(String text) {
    return TypedWords.in(text).toList();
  }

  /** The words of this turn in what the call was told by the user. */
  static List<String> words(Event.Asked call, Turn turn) {
    String mark = "t" + turn.number() + "n";
    return words(String.join("", call.userTexts())).stream()
        .filter(word -> word.contains(mark))
        .toList();
  }

  private static <E> Map<Turn, List<E>> byTurn(Stream<E> events, Function<E, Turn> turn) {
    return events.collect(Collectors.groupingBy(turn, LinkedHashMap::new, Collectors.toList()));
  }
}
