package io.livemind.integration.chaos.run;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Who comes to a run.
 *
 * @param people where a case does not want others
 * @param within the time in which they come; empty: as the case has it
 */
record Crowd(int people, Optional<Duration> within) {
  /** So many, when the case wants them. */
  static Crowd of(int people) {
    return new Crowd(people, Optional.empty());
  }

  /** Steadily, so that somebody submits at each moment of a longer time. */
  static Crowd steady(int perSecond, Duration within) {
    return new Crowd(Math.toIntExact(perSecond * within.toSeconds()), Optional.of(within));
  }

  /** Whether this client types and reads at a gateway, whatever the case wants: every other one. */
  boolean throughGateway(int number) {
    return within.isPresent() && number % 2 == 0;
  }

  /** When this client comes, ms after the run began. */
  long startMillis(Case chaosCase, int number, Random random) {
    return within
        .map(time -> random.nextLong(time.toMillis()))
        .orElseGet(() -> chaosCase.startMillis(number, random));
  }
}
