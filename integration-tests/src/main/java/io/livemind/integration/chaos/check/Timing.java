package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How long things take when something was struck. */
final class Timing {
  /** Name of the fault with which the nemesis harms some sessions and no process. */
  private static final String POISON = "poison";

  /** Name of the fault with which the nemesis sends more than the system can do. */
  private static final String OVERLOAD = "overload";

  private static final double SLOWEST_BYSTANDER = 1.2;

  /** Below this a difference is the machine's noise. */
  private static final long NOISE_MILLIS = 100;

  private static final double LEAST_GOODPUT = 0.9;
  private static final int TOO_MANY_REQUESTS = 429;

  /** From the strike to the next sign of life of a turn that it hit, by role. */
  private static final Map<String, Long> LATEST_RECOVERY_MILLIS =
      Map.of(
          "worker",
          5_000L,
          "all-workers",
          5_000L,
          "topology",
          10_000L,
          "gateway",
          3_000L,
          "broker",
          10_000L);

  private Timing() {}

  /** G7: turns submitted after the poison take at most a fifth longer than those before, at p99. */
  static List<String> slowedBystanders(History history) {
    Optional<Event.Struck> poison =
        history.each(Event.Struck.class).filter(it -> it.fault().equals(POISON)).findFirst();
    if (poison.isEmpty()) return List.of();
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    var turns = new Turns(history);
    var seen = turns.seen();
    turns
        .submitted()
        .forEach(
            (turn, submits) ->
                Turns.end(seen.getOrDefault(turn, List.of()))
                    .ifPresent(
                        end -> {
                          long submittedAt = submits.getFirst().atMillis();
                          boolean early = submittedAt < poison.get().atMillis();
                          (early ? before : after).add(end.atMillis() - submittedAt);
                        }));
    OptionalLong calm = p99(before);
    OptionalLong hit = p99(after);
    if (calm.isEmpty() || hit.isEmpty())
      return List.of("no turn ended before, or none after, the poison");
    long allowed =
        Math.max((long) (calm.getAsLong() * SLOWEST_BYSTANDER), calm.getAsLong() + NOISE_MILLIS);
    if (hit.getAsLong() <= allowed) return List.of();
    return List.of(
        "p99 of the others rose from " + calm.getAsLong() + " to " + hit.getAsLong() + " ms");
  }

  /** G8: each turn that ran when a role was struck shows a sign of life in that role's time. */
  static List<String> lateRecoveries(History history) {
    List<String> violations = new ArrayList<>();
    for (Recovery recovery : Recovery.all(history)) {
      Long latest = LATEST_RECOVERY_MILLIS.get(recovery.role());
      if (latest != null && recovery.millis() > latest) {
        violations.add(
            recovery.turn()
                + " stood still for "
                + recovery.millis()
                + " ms after "
                + recovery.role()
                + " was struck");
      }
    }
    return violations;
  }

  /** G9: refusals of overload say when to come back, and as much is done as before it. */
  static List<String> badOverload(History history) {
    Optional<Event.Struck> overload =
        history.each(Event.Struck.class).filter(it -> it.fault().equals(OVERLOAD)).findFirst();
    if (overload.isEmpty()) return List.of();
    List<String> violations = new ArrayList<>();
    long begun = overload.get().atMillis();
    long ended =
        history
            .each(Event.Healed.class)
            .filter(it -> it.fault().equals(OVERLOAD))
            .mapToLong(Event::atMillis)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    history
        .each(Event.Fail.class)
        .filter(it -> it.atMillis() >= begun && it.atMillis() <= ended)
        .filter(it -> it.status() != TOO_MANY_REQUESTS || it.retryAfterMillis() <= 0)
        .forEach(
            it ->
                violations.add(
                    it.session()
                        + " was refused with "
                        + it.status()
                        + " and no time to come back"));
    double before = perSecond(history, 0, begun);
    double during = perSecond(history, begun, ended);
    if (during < LEAST_GOODPUT * before) {
      violations.add(
          "%.2f turns a second before the overload, %.2f in it".formatted(before, during));
    }
    return violations;
  }

  private static double perSecond(History history, long fromMillis, long toMillis) {
    List<Long> ends =
        history
            .each(Event.Seen.class)
            .filter(event -> event.kind().equals("completed"))
            .map(Event.Seen::atMillis)
            .filter(at -> at >= fromMillis && at < toMillis)
            .toList();
    if (ends.size() < 2) return 0;
    long spanMillis = Math.max(1, ends.getLast() - ends.getFirst());
    return (ends.size() - 1) * 1_000.0 / spanMillis;
  }

  private static OptionalLong p99(List<Long> values) {
    if (values.isEmpty()) return OptionalLong.empty();
    List<Long> sorted = values.stream().sorted().toList();
    return OptionalLong.of(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
  }
}
