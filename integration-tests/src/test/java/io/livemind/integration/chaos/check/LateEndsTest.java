package io.livemind.integration.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** G4: a turn has 65 s, and 15 more where another process must go on. */
class LateEndsTest {
  private static final String SESSION = "session";

  @Test
  void aTurnMayTakeUntilItsDeadlineIsTold() {
    assertThat(violations(65_000)).isEmpty();
    assertThat(violations(65_001)).singleElement().asString().contains("ended too late: 65001 ms");
  }

  @Test
  void aTurnThatAnotherProcessMustGoOnWithMayTakeLonger() {
    var kill = new Event.Struck(60_000, "kill", "worker");
    assertThat(violations(80_000, kill)).isEmpty();
    assertThat(violations(80_001, kill)).hasSize(1);
  }

  @Test
  void whatWasStruckLongBeforeIsNoExcuse() {
    assertThat(violations(80_000, new Event.Struck(4_999, "kill", "worker"))).hasSize(1);
  }

  /** Of one turn that is submitted 20 s after the run began. */
  private static List<String> violations(long tookMillis, Event.Struck... strikes) {
    long submitted = 20_000;
    List<Event> events = new ArrayList<>(List.of(strikes));
    events.add(new Event.Submitted(submitted, SESSION, 0, 1, "prompt"));
    events.add(new Event.Ok(submitted, SESSION, 0, 1));
    events.add(
        new Event.Asked(
            submitted, SESSION, 0, "answer", List.of("prompt"), List.of("prompt"), true, "yes"));
    events.add(
        new Event.Seen(submitted + tookMillis, SESSION, 0, 9, "completed", 1, "execution", "yes"));
    return Answers.withoutProperEnd(new History(events));
  }
}
