package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How turns ended, as their clients saw it.
 *
 * @param submitted turns
 * @param completed with a whole answer
 * @param cancelled by who typed them
 * @param failures turns by the code of their error
 */
public record Ends(long submitted, long completed, long cancelled, Map<String, Long> failures) {
  /** Of a run that was not judged. */
  public static final Ends NONE = new Ends(0, 0, 0, Map.of());

  /** Of all turns of a history. */
  public static Ends of(History history) {
    var turns = new Turns(history);
    var seen = turns.seen();
    long completed = 0;
    long cancelled = 0;
    Map<String, Long> failures = new TreeMap<>();
    for (Turns.Turn turn : turns.submitted().keySet()) {
      var end = Turns.end(seen.getOrDefault(turn, List.of()));
      if (end.isEmpty()) continue;
      switch (end.get().kind()) {
        case "completed" -> completed++;
        case "cancelled" -> cancelled++;
        default -> failures.merge(end.get().text(), 1L, Long::sum);
      }
    }
    return new Ends(history.each(Event.Submitted.class).count(), completed, cancelled, failures);
  }

  /** Those of both. */
  public Ends plus(Ends other) {
    Map<String, Long> both = new TreeMap<>(failures);
    other.failures.forEach((code, turns) -> both.merge(code, turns, Long::sum));
    return new Ends(
        submitted + other.submitted,
        completed + other.completed,
        cancelled + other.cancelled,
        both);
  }

  /** Turns that ended with an error. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }
}
