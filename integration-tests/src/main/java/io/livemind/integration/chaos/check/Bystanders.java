package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * How long turns took, by when they ended: before something was struck, or after it. A turn that
 * was under way when it was struck counts as hit.
 */
public final class Bystanders {
  private Bystanders() {}

  /** From the submit to the end, ms, of turns that ended before the strike. */
  public static List<Long> before(History history, String fault) {
    return struck(history, fault).map(at -> ends(history, it -> it < at)).orElse(List.of());
  }

  /** The same after it. */
  public static List<Long> after(History history, String fault) {
    return struck(history, fault).map(at -> ends(history, it -> it >= at)).orElse(List.of());
  }

  /** Turns that were answered to their end, by when: ms since the strike, negative before it. */
  public static LongStream answeredAt(History history, String fault) {
    long at = struck(history, fault).orElse(0L);
    return new Turns(history)
        .seen().values().stream()
            .map(Turns::end)
            .flatMap(Optional::stream)
            .filter(end -> end.kind().equals("completed"))
            .mapToLong(end -> end.atMillis() - at);
  }

  private static Optional<Long> struck(History history, String fault) {
    return history
        .each(Event.Struck.class)
        .filter(it -> it.fault().equals(fault))
        .map(Event::atMillis)
        .findFirst();
  }

  private static List<Long> ends(History history, Predicate<Long> ended) {
    var turns = new Turns(history);
    var seen = turns.seen();
    return turns.submitted().entrySet().stream()
        .flatMap(
            entry ->
                Turns.end(seen.getOrDefault(entry.getKey(), List.of()))
                    .filter(end -> ended.test(end.atMillis()))
                    .map(end -> end.atMillis() - entry.getValue().getFirst().atMillis())
                    .stream())
        .sorted()
        .toList();
  }
}
