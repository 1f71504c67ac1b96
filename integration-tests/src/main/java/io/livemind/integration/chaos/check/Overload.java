package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is refused, and what is shed, while more is asked than can be done. */
final class Overload {
  /** Name of the fault with which more people come than models can answer. */
  private static final String OVERLOAD = "overload";

  /** Name of the fault with which somebody types faster than anybody may. */
  private static final String FLOOD = "flood";

  private static final int TOO_MANY_REQUESTS = 429;

  /** An answer whose task stands in its topic for longer than this waits for a place. */
  private static final long WAITING_MILLIS = 1_500;

  /** One task may be on its way to a worker while an answer comes; many are no accident. */
  private static final double MOST_THINKING = 0.3;

  private Overload() {}

  /**
   * G9: who types too fast is refused with a time to come back; and while an answer waits for a
   * place and more people come, models are not called to think.
   */
  static List<String> violations(History history) {
    List<String> violations = new ArrayList<>();
    refusals(history, violations);
    thinking(history, violations);
    return violations;
  }

  private static void refusals(History history, List<String> violations) {
    history
        .each(Event.Fail.class)
        .filter(it -> it.status() != TOO_MANY_REQUESTS || it.retryAfterMillis() <= 0)
        .forEach(
            it ->
                violations.add(
                    it.session()
                        + " was refused with "
                        + it.status()
                        + " and no time to come back"));
    boolean flooded = struck(history, FLOOD).isPresent();
    boolean refused = history.each(Event.Fail.class).findAny().isPresent();
    if (flooded && !refused) violations.add("nobody was refused who typed too fast");
  }

  private static void thinking(History history, List<String> violations) {
    Optional<Event.Struck> overload = struck(history, OVERLOAD);
    if (overload.isEmpty()) return;
    List<long[]> waits = waits(history, overload.get().atMillis());
    long healed =
        history
            .each(Event.Healed.class)
            .filter(it -> it.fault().equals(OVERLOAD))
            .mapToLong(Event::atMillis)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    List<Event.Asked> calls =
        history
            .each(Event.Asked.class)
            .filter(call -> call.atMillis() < healed)
            .filter(call -> waits.stream().anyMatch(wait -> within(call, wait)))
            .toList();
    long thought = calls.stream().filter(call -> !call.kind().equals("answer")).count();
    if (calls.isEmpty()) {
      violations.add("nobody waited for a place: this was no overload");
    } else if (thought > MOST_THINKING * calls.size()) {
      violations.add(
          "of %d calls that began while answers waited for places %d were thinking"
              .formatted(calls.size(), thought));
    }
  }

  /** From when a turn may be said to wait to its first call, for each turn that does. */
  private static List<long[]> waits(History history, long fromMillis) {
    List<long[]> waits = new ArrayList<>();
    var turns = new Turns(history);
    Map<Turns.Turn, List<Event.Asked>> calls = turns.answerCalls();
    turns
        .queued()
        .forEach(
            (turn, queued) -> {
              long begins = queued.getFirst().atMillis() + WAITING_MILLIS;
              calls.getOrDefault(turn, List.of()).stream()
                  .mapToLong(Event::atMillis)
                  .min()
                  .ifPresent(
                      called -> {
                        if (begins >= fromMillis && called > begins) {
                          waits.add(new long[] {begins, called});
                        }
                      });
            });
    return waits;
  }

  private static boolean within(Event.Asked call, long[] wait) {
    return call.atMillis() >= wait[0] && call.atMillis() < wait[1];
  }

  private static Optional<Event.Struck> struck(History history, String fault) {
    return history.each(Event.Struck.class).filter(it -> it.fault().equals(fault)).findFirst();
  }
}
