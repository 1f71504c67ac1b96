package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.client.SessionEvent.Completed;
import io.livemind.client.SessionEvent.Delta;
import io.livemind.client.SessionEvent.OfTurn;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private static final Usage USAGE =
      new Usage(
          OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 1);

  private final AnswerText answer = new AnswerText();

  @Test
  void aPieceCountsOnceAndJoinedPiecesCountAsMany() {
    apply(delta(1, "a", 0, 1, "One "), delta(1, "a", 0, 1, "One "), delta(1, "a", 1, 2, "two"));
    apply(delta(1, "a", 2, 1, "lost"), delta(1, "a", 3, 1, "."));

    assertThat(answer.text()).isEqualTo("One two.");
  }

  @Test
  void aLaterAttemptReplacesAndAnotherExecutionOfTheSameDoesNot() {
    apply(delta(1, "a", 0, 1, "One"), delta(1, "b", 0, 1, "Uno"), delta(2, "c", 0, 1, "Eins"));

    assertThat(answer.text()).isEqualTo("Eins");
  }

  @Test
  void theEndHasTheLastWord() {
    apply(delta(1, "a", 0, 1, "One"), new Completed(0, "One.", USAGE), delta(1, "a", 1, 1, "!"));

    assertThat(answer.text()).isEqualTo("One.");
    assertThat(answer.end()).contains(new TurnEnd.Answered("One."));
  }

  @Test
  void anEventOfALaterVersionIsPassedOver() throws Exception {
    assertThat(EventReader.read(new ObjectMapper().readTree("{\"type\":\"new\",\"x\":1}")))
        .isEqualTo(new SessionEvent.Unknown("new"));
  }

  private void apply(OfTurn... events) {
    for (OfTurn event : events) {
      boolean ignored = answer.apply(event);
    }
  }

  private static Delta delta(int attempt, String execution, int index, int count, String text) {
    return new Delta(0, attempt, execution, index, count, text);
  }
}
