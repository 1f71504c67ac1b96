package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
   * What a client saw from its first event, or from a snapshot, to the next snapshot.
   *
   * @param behind position of the last record that the snapshot showed; -1 where nothing was shown
   * @param sinceMillis when it began
   */
  private record Stretch(long behind, long sinceMillis, List<Event.Seen> events) {}

  private static Map<String, List<Stretch>> stretches(History history) {
    Map<String, List<Stretch>> all = new HashMap<>();
    for (Event event : history.events()) {
      switch (event) {
        case Event.Snapshot it ->
            all.computeIfAbsent(it.session(), _ -> new ArrayList<>())
                .add(new Stretch(it.position(), it.atMillis(), new ArrayList<>()));
        case Event.Seen it -> {
          var before = all.computeIfAbsent(it.session(), _ -> new ArrayList<>());
          if (before.isEmpty()) before.add(new Stretch(-1, it.atMillis(), new ArrayList<>()));
          Stretch stretch = before.getLast();
          // An end that the snapshot showed is written down as seen, for it is what is waited for.
          if (!Turns.isEnd(it) || it.position() > stretch.behind()) stretch.events().add(it);
        }
        default -> {}
      }
    }
    return all;
  }

  /**
   * Between the first and the last event of a stretch the client saw all of its session, each once,
   * in order; a gap may only be where it was told that it is one.
   */
  private static List<String> gapsAndRepeats(History history) {
    List<String> violations = new ArrayList<>();
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
    stretches(history)
        .forEach(
            (session, all) -> {
              for (Stretch stretch : all) {
                repeats(stretch).forEach(it -> violations.add(session + ": " + it));
                if (stretch.events().isEmpty() || toldOfGaps.contains(session)) continue;
                gaps(stretch, logged.getOrDefault(session, List.of()), history)
                    .forEach(it -> violations.add(session + ": " + it));
              }
            });
    return violations;
  }

  private static List<String> repeats(Stretch stretch) {
    List<String> repeats = new ArrayList<>();
    long last = stretch.behind();
    for (Event.Seen event : stretch.events()) {
      if (event.position() <= last) repeats.add(event.kind() + " came again or late");
      last = Math.max(last, event.position());
    }
    return repeats;
  }

  private static List<String> gaps(Stretch stretch, List<Event.Logged> logged, History history) {
    List<String> gaps = new ArrayList<>();
    List<Event.Seen> events = stretch.events();
    Set<Long> positions =
        events.stream().map(Event.Seen::position).collect(Collectors.toUnmodifiableSet());
    long first = stretch.behind() < 0 ? events.getFirst().position() : stretch.behind() + 1;
    long last = positions.stream().mapToLong(Long::longValue).max().orElseThrow();
    List<Event.Logged> due =
        logged.stream().filter(it -> it.position() >= first && it.position() <= last).toList();
    due.stream()
        .filter(it -> !it.kind().equals(DELTA) && !positions.contains(it.position()))
        .forEach(it -> gaps.add(it.kind() + " is missing"));
    Map<String, String> joined =
        stretch.behind() < 0 ? joinedWithFirst(events.getFirst(), logged) : Map.of();
    if (!isAllThere(text(due), joined, seenText(events), toldByEnd(stretch, history)))
      gaps.add("pieces of an answer are missing");
    return gaps;
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
  private static Set<String> toldByEnd(Stretch stretch, History history) {
    Set<String> told = new HashSet<>();
    long sinceMillis = stretch.sinceMillis();
    for (Event.Seen event : stretch.events()) {
      if (event.kind().equals("completed") && cameBack(history, sinceMillis, event))
        told.add(event.execution());
      sinceMillis = event.atMillis();
    }
    return told;
  }

  private static boolean cameBack(History history, long sinceMillis, Event.Seen before) {
    return history
        .each(Event.Resumed.class)
        .filter(resumed -> resumed.session().equals(before.session()))
        .anyMatch(
            resumed ->
                resumed.atMillis() >= sinceMillis && resumed.atMillis() <= before.atMillis());
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
