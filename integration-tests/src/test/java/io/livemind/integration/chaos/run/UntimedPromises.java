package io.livemind.integration.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.check.Guarantee;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The promises that a test can hold a run to wherever it runs. Those about time are held by the
 * command, on a machine that does nothing else, and by tests of the long suite that plant a bug.
 */
final class UntimedPromises {
  private static final Set<Guarantee> TIMED = Set.of(Guarantee.G7, Guarantee.G8, Guarantee.G9);

  private UntimedPromises() {}

  static void assertKept(Run run) {
    String what = run.chaosCase() + " with seed " + run.seed() + " " + run.ending().why();
    assertThat(violations(run)).as(what).isEmpty();
    assertThat(run.verdict().conclusive()).as(what).isTrue();
  }

  /** Those that were broken. */
  static Set<Guarantee> broken(Run run) {
    return violations(run).keySet();
  }

  private static Map<Guarantee, List<String>> violations(Run run) {
    var violations = new EnumMap<Guarantee, List<String>>(Guarantee.class);
    violations.putAll(run.verdict().violations());
    violations.keySet().removeAll(TIMED);
    violations.values().removeIf(List::isEmpty);
    return violations;
  }
}
