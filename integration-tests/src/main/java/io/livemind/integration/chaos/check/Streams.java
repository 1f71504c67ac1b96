package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a client was shown, against the log. */
final class Streams {
  /** A gateway may join some of them: their text must be all there, not each record. */
  private static final String DELTA = "delta";

  private Streams() {}

  /** G5: nothing is missing or repeated in what clients saw, with and without a snapshot. */
  static List<String> violations(History history) {
    return Stream.concat(
            gapsAndRepeats(history).stream(), Snapshots.notFromTheStart(history).stream())
        .toList();
  }

  /**
   * Between the first and the last event that a client saw it saw all of its session, each once, in
   * order; a gap may only be where it was told that it is one.
   */
  private static List<String> gapsAndRepeats(History history) {
    List<String> violations = new ArrayList<>();
    Map<String, List<Event.Seen>> seen = new HashMap<>();
    history
        .each(Event.Seen.class)
        .forEach(event -> seen.computeIfAbsent(event.session(), _ -> new ArrayList<>()).add(event));
    Map<String, List<Event.Logged>> logged = new HashMap<>();
    history
        .each(Event.Logged.class)
        .forEach(
            event -> logged.computeIfAbsent(event.session(), _ -> new ArrayList<>()).add(event));
    Set<String> toldOfGaps = new HashSet<>();
    history
        .each(Event.Resumed.class)
        .filter(resumed -> !resumed.recovered())
        .forEach(resumed -> toldOfGaps.add(resumed.session()));
    seen.forEach(
        (session, events) -> {
          long last = -1;
          Set<Long> positions = new HashSet<>();
          for (Event.Seen event : events) {
            if (event.position() <= last)
              violations.add(session + ": " + event.kind() + " came again or late");
            last = Math.max(last, event.position());
            positions.add(event.position());
          }
          if (toldOfGaps.contains(session)) return;
          long first = events.getFirst().position();
          long until = last;
          List<Event.Logged> due =
              logged.getOrDefault(session, List.of()).stream()
                  .filter(it -> it.position() >= first && it.position() <= until)
                  .toList();
          due.stream()
              .filter(it -> !it.kind().equals(DELTA) && !positions.contains(it.position()))
              .forEach(it -> violations.add(session + ": " + it.kind() + " is missing"));
          Map<String, String> joined =
              joinedWithFirst(events.getFirst(), logged.getOrDefault(session, List.of()));
          if (!isAllThere(text(due), joined, seenText(events), toldByEnd(events, history))) {
            violations.add(session + ": pieces of an answer are missing");
          }
        });
    return violations;
  }

  /**
   * Of the execution whose piece was the first event of all, the text before it: behind a snapshot,
   * which holds what came before, a gateway may join some of that piece's predecessors with it.
   */
  private static Map<String, String> joinedWithFirst(Event.Seen first, List<Event.Logged> logged) {
    if (!first.kind().equals(DELTA)) return Map.of();
    return text(
        logged.stream()
            .filter(it -> it.position() < first.position())
            .filter(it -> it.execution().equals(first.execution()))
            .toList());
  }

  /**
   * Whoever comes back after a turn has ended is told its end, with the whole text, in place of
   * pieces.
   */
  private static boolean isAllThere(
      Map<String, String> due,
      Map<String, String> joined,
      Map<String, String> seen,
      Set<String> ended) {
    if (!due.keySet().containsAll(seen.keySet())) return false;
    return due.entrySet().stream()
        .allMatch(
            one -> {
              String execution = one.getKey();
              String shown = seen.getOrDefault(execution, "");
              String before = joined.getOrDefault(execution, "");
              return IntStream.rangeClosed(0, before.length())
                  .mapToObj(from -> before.substring(from) + one.getValue())
                  .anyMatch(
                      text ->
                          ended.contains(execution) ? text.startsWith(shown) : text.equals(shown));
            });
  }

  /** Executions whose end was the first that the client was told when it came back. */
  private static Set<String> toldByEnd(List<Event.Seen> events, History history) {
    Set<String> told = new HashSet<>();
    for (int i = 1; i < events.size(); i++) {
      Event.Seen end = events.get(i);
      if (end.kind().equals("completed") && cameBack(history, events.get(i - 1), end))
        told.add(end.execution());
    }
    return told;
  }

  private static boolean cameBack(History history, Event.Seen after, Event.Seen before) {
    return history
        .each(Event.Resumed.class)
        .filter(resumed -> resumed.session().equals(before.session()))
        .anyMatch(
            resumed ->
                resumed.atMillis() >= after.atMillis() && resumed.atMillis() <= before.atMillis());
  }

  /** The pieces of each execution, joined. */
  private static Map<String, String> text(List<Event.Logged> events) {
    Map<String, String> texts = new HashMap<>();
    for (Event.Logged event : events) {
      if (event.kind().equals(DELTA)) texts.merge(event.execution(), event.text(), String::concat);
    }
    return texts;
  }

  private static Map<String, String> seenText(List<Event.Seen> events) {
    Map<String, String> texts = new HashMap<>();
    for (Event.Seen event : events) {
      if (event.kind().equals(DELTA)) texts.merge(event.execution(), event.text(), String::concat);
    }
    return texts;
  }
}
