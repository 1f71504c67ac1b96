package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a history says of all promises.
 *
 * @param violations by promise; those that were kept have none
 * @param conclusive whether the system was well again at the end: of the turns that were submitted
 *     in the last 30 s at least 99 % have ended; a run that ends sick proves nothing
 */
public record Verdict(Map<Guarantee, List<String>> violations, boolean conclusive) {
  private static final long LAST_MILLIS = 30_000;
  private static final double LEAST_ENDED = 0.99;

  /** Holds all promises against a history. */
  public static Verdict of(History history) {
    Map<Guarantee, List<String>> violations = new EnumMap<>(Guarantee.class);
    for (Guarantee guarantee : Guarantee.values()) {
      violations.put(guarantee, guarantee.violations(history));
    }
    return new Verdict(violations, isConclusive(history));
  }

  /**
   * The same where nothing goes wrong that a turn may fail of if it is submitted from then on.
   *
   * @param fromMillis after the run began
   */
  public static Verdict ofCompleted(History history, long fromMillis) {
    Verdict verdict = of(history);
    verdict
        .violations()
        .merge(
            Guarantee.G4,
            Answers.failed(history, fromMillis),
            (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
    return verdict;
  }

  /** Whether every promise was kept in a run that counts. */
  public boolean good() {
    return conclusive && violations.values().stream().allMatch(List::isEmpty);
  }

  private static boolean isConclusive(History history) {
    var turns = new Turns(history);
    var seen = turns.seen();
    long lastSubmit =
        history.each(Event.Submitted.class).mapToLong(Event::atMillis).max().orElse(0);
    var late =
        turns.submitted().entrySet().stream()
            .filter(entry -> entry.getValue().getFirst().atMillis() >= lastSubmit - LAST_MILLIS)
            .toList();
    long ended =
        late.stream()
            .filter(entry -> Turns.end(seen.getOrDefault(entry.getKey(), List.of())).isPresent())
            .count();
    return !late.isEmpty() && ended >= LEAST_ENDED * late.size();
  }
}
