package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.check.Turns.Turn;
import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a turn that ran when a role was struck showed no sign of life.
 *
 * @param role that was struck
 * @param turn that had been submitted and had not ended
 * @param millis to the turn's next event: a new attempt, a piece of the answer, an end
 */
public record Recovery(String role, String turn, long millis) {

  /** Of all strikes at a process of a role. */
  public static List<Recovery> all(History history) {
    List<Recovery> found = new ArrayList<>();
    var turns = new Turns(history);
    var seen = turns.seen();
    var submitted = turns.submitted();
    history
        .each(Event.Struck.class)
        .filter(strike -> strike.fault().equals("kill"))
        .forEach(
            strike ->
                submitted.forEach(
                    (turn, submits) -> {
                      List<Event.Seen> events = seen.getOrDefault(turn, List.of());
                      if (running(strike, submits.getFirst(), events)) {
                        nextAfter(strike, events)
                            .ifPresent(
                                next ->
                                    found.add(
                                        of(strike, turn, next.atMillis() - strike.atMillis())));
                      }
                    }));
    return found;
  }

  private static Recovery of(Event.Struck strike, Turn turn, long millis) {
    return new Recovery(strike.target(), turn.toString(), millis);
  }

  private static boolean running(
      Event.Struck strike, Event.Submitted submit, List<Event.Seen> events) {
    boolean ended =
        Turns.end(events).filter(end -> end.atMillis() <= strike.atMillis()).isPresent();
    return submit.atMillis() < strike.atMillis() && !ended;
  }

  private static Optional<Event.Seen> nextAfter(Event.Struck strike, List<Event.Seen> events) {
    return events.stream().filter(event -> event.atMillis() > strike.atMillis()).findFirst();
  }
}
