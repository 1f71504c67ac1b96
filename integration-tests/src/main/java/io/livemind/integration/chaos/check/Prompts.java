package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.check.Turns.Turn;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the model that answered was told, against what was typed. */
final class Prompts {
  private Prompts() {}

  /** G1: each acknowledged word that the user left in the prompt stands in each answer call. */
  static List<String> lost(History history) {
    var turns = new Turns(history);
    List<String> violations = new ArrayList<>();
    turns
        .answerCalls()
        .forEach(
            (turn, calls) -> {
              Set<String> wanted = acknowledgedWords(history, turn);
              wanted.removeAll(deletedWords(history, turn));
              for (Event.Asked call : calls) {
                List<String> told = Turns.words(call, turn);
                wanted.stream()
                    .filter(word -> !told.contains(word))
                    .forEach(word -> violations.add(turn + ": acknowledged " + word + " is lost"));
              }
            });
    return violations;
  }

  /** G2: the words of an answer call are those that the user saw, each once, in their order. */
  static List<String> twiceOrOutOfOrder(History history) {
    var turns = new Turns(history);
    List<String> violations = new ArrayList<>();
    turns
        .submitted()
        .forEach(
            (turn, submits) -> {
              List<String> typed = Turns.words(submits.getLast().prompt());
              for (Event.Asked call : turns.answerCalls().getOrDefault(turn, List.of())) {
                List<String> told = Turns.words(call, turn);
                if (new HashSet<>(told).size() != told.size()) {
                  violations.add(turn + ": a word took effect twice: " + told);
                } else if (!inOrder(told, typed)) {
                  violations.add(turn + ": out of order: " + told);
                }
              }
            });
    return violations;
  }

  /** G10: a word that was deleted stands nowhere in an answer call. */
  static List<String> deleted(History history) {
    List<String> violations = new ArrayList<>();
    new Turns(history)
        .answerCalls()
        .forEach(
            (turn, calls) -> {
              Set<String> deleted = deletedWords(history, turn);
              for (Event.Asked call : calls) {
                Turns.words(String.join(" ", call.allTexts())).stream()
                    .filter(deleted::contains)
                    .forEach(word -> violations.add(turn + ": deleted " + word + " was told"));
              }
            });
    return violations;
  }

  private static boolean inOrder(List<String> told, List<String> typed) {
    int last = -1;
    for (String word : told) {
      int index = typed.indexOf(word);
      if (index >= 0 && index < last) return false;
      last = Math.max(last, index);
    }
    return true;
  }

  private static Set<String> acknowledgedWords(History history, Turn turn) {
    Set<Long> acknowledged =
        history
            .each(Event.Ok.class)
            .filter(ok -> ok.session().equals(turn.session()) && ok.turn() == turn.number())
            .map(Event.Ok::sequence)
            .collect(Collectors.toSet());
    return history
        .each(Event.Invoked.class)
        .filter(sent -> sent.session().equals(turn.session()) && sent.turn() == turn.number())
        .filter(sent -> acknowledged.contains(sent.sequence()))
        .flatMap(sent -> Turns.words(sent.text()).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> deletedWords(History history, Turn turn) {
    return history
        .each(Event.Deleted.class)
        .filter(it -> it.session().equals(turn.session()) && it.turn() == turn.number())
        .map(Event.Deleted::text)
        .collect(Collectors.toSet());
  }
}
