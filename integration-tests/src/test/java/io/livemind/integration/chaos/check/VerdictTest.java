package io.livemind.integration.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FAULTS 34: a turn may fail while models are away, and not once they are back. */
class VerdictTest {
  private static final long SUBMITTED = 1_000;

  private static final History FAILED =
      new History(
          List.of(
              new Event.Submitted(SUBMITTED, "session-0", 0, 1, "c0t0n1. "),
              new Event.Ok(SUBMITTED, "session-0", 0, 1),
              new Event.Seen(1_100, "session-0", 0, 1, "failed", 1, "e1", "disconnected")));

  @Test
  void aTurnThatIsSubmittedWhenAllIsWellAgainMayNotFail() {
    assertThat(violations(SUBMITTED))
        .containsExactly("turn 0 of session-0 failed with disconnected");
  }

  @Test
  void aTurnThatWasSubmittedBeforeMay() {
    assertThat(violations(SUBMITTED + 1)).isEmpty();
  }

  private static List<String> violations(long fromMillis) {
    return Verdict.ofCompleted(FAILED, fromMillis)
        .violations()
        .getOrDefault(Guarantee.G4, List.of());
  }
}
