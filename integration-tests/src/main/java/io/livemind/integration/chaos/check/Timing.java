package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How long things take when something was struck. */
final class Timing {
  /** Name of the fault with which the nemesis harms some sessions and no process. */
  private static final String POISON = "poison";

  private static final double SLOWEST_BYSTANDER = 1.2;

  /** Below this a difference is the machine's noise. */
  private static final long NOISE_MILLIS = 100;

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

  /** G7: turns that end after the poison take at most a fifth longer than those before, at p99. */
  static List<String> slowedBystanders(History history) {
    if (history.each(Event.Struck.class).noneMatch(it -> it.fault().equals(POISON))) {
      return List.of();
    }
    List<Long> before = Bystanders.before(history, POISON);
    List<Long> after = Bystanders.after(history, POISON);
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

  private static OptionalLong p99(List<Long> values) {
    if (values.isEmpty()) return OptionalLong.empty();
    List<Long> sorted = values.stream().sorted().toList();
    return OptionalLong.of(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
  }
}
