package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.check.Turns.Turn;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a turn showed no sign of life when a process was killed: one that ran, or one that was
 * submitted before another process had taken the place.
 *
 * @param role that was struck
 * @param turn that had been submitted and had not ended
 * @param millis from the kill, or from the submit where that came later, to the turn's next event:
 *     a new attempt, a piece of the answer, an end
 */
public record Recovery(String role, String turn, long millis) {

  /** Of all strikes at a process of a role. */
  public static List<Recovery> all(History history) {
    List<Recovery> found = new ArrayList<>();
    var turns = new Turns(history);
    var seen = turns.seen();
    var submitted = turns.submitted();
    for (Event.Struck strike : strikes(history)) {
      long healedMillis = healedMillis(history, strike);
      submitted.forEach(
          (turn, submits) -> {
            long submittedMillis = submits.getFirst().atMillis();
            List<Event.Seen> events = seen.getOrDefault(turn, List.of());
            if (submittedMillis < healedMillis && !endedBefore(strike, events)) {
              long sinceMillis = Math.max(strike.atMillis(), submittedMillis);
              firstAfter(sinceMillis, events)
                  .map(next -> next.atMillis() - sinceMillis)
                  .ifPresent(still -> found.add(of(strike, turn, still)));
            }
          });
    }
    return found;
  }

  private static List<Event.Struck> strikes(History history) {
    return history
        .each(Event.Struck.class)
        .filter(strike -> strike.fault().equals("kill"))
        .toList();
  }

  /** When another process had taken the place; the moment of the strike if nobody says so. */
  private static long healedMillis(History history, Event.Struck strike) {
    return history
        .each(Event.Healed.class)
        .filter(it -> it.fault().equals(strike.fault()) && it.target().equals(strike.target()))
        .mapToLong(Event.Healed::atMillis)
        .filter(at -> at >= strike.atMillis())
        .min()
        .orElse(strike.atMillis());
  }

  private static Recovery of(Event.Struck strike, Turn turn, long millis) {
    return new Recovery(strike.target(), turn.toString(), millis);
  }

  private static boolean endedBefore(Event.Struck strike, List<Event.Seen> events) {
    return Turns.end(events).filter(end -> end.atMillis() <= strike.atMillis()).isPresent();
  }

  private static Optional<Event.Seen> firstAfter(long millis, List<Event.Seen> events) {
    return events.stream().filter(event -> event.atMillis() > millis).findFirst();
  }
}
