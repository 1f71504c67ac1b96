package io.livemind.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamageTest {
  private static final Message SYSTEM = new Message(Role.SYSTEM, "Instructions.");
  private static final Message FIRST = new Message(Role.USER, "First. ");
  private static final Message CONCLUDED = new Message(Role.ASSISTANT, "action inference. One.");
  private static final Message SECOND = new Message(Role.USER, "Second. ");
  private static final Message CONCLUDED_MORE =
      new Message(Role.ASSISTANT, "action inference. Two.");
  private static final Message LAST = new Message(Role.USER, "Last?");
  private static final List<Message> WHOLE =
      List.of(SYSTEM, FIRST, CONCLUDED, SECOND, CONCLUDED_MORE, LAST);

  @Test
  void losesASegment() {
    assertThat(Damage.SEGMENT.apply(WHOLE))
        .containsExactly(SYSTEM, CONCLUDED, SECOND, CONCLUDED_MORE, LAST);
  }

  @Test
  void losesTheBeginningOfTheOnlySegment() {
    assertThat(Damage.SEGMENT.apply(List.of(SYSTEM, LAST)))
        .containsExactly(SYSTEM, new Message(Role.USER, "st?"));
  }

  @Test
  void losesHalfOfTheLatestInference() {
    assertThat(Damage.MEMORY.apply(WHOLE))
        .containsExactly(
            SYSTEM, FIRST, CONCLUDED, SECOND, new Message(Role.ASSISTANT, "action infe"), LAST);
  }

  @Test
  void swapsTheHalvesOfTheOnlySegment() {
    assertThat(Damage.ORDER.apply(List.of(SYSTEM, new Message(Role.USER, "ab"))))
        .containsExactly(SYSTEM, new Message(Role.USER, "ba"));
  }

  @Test
  void leavesTheCueToAnswerWhereItIs() {
    String cue = AnswerCue.text(Optional.empty());
    var asked = List.of(SYSTEM, FIRST, CONCLUDED, new Message(Role.USER, "Last?" + cue));

    assertThat(Damage.ORDER.apply(asked))
        .containsExactly(
            SYSTEM,
            new Message(Role.USER, "Last?"),
            CONCLUDED,
            new Message(Role.USER, "First. " + cue));
  }

  @Test
  void swapsTwoSegments() {
    assertThat(Damage.ORDER.apply(WHOLE))
        .containsExactly(SYSTEM, SECOND, CONCLUDED, FIRST, CONCLUDED_MORE, LAST);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void changesEveryCallThatHasMemory(Damage damage) {
    assertThat(damage.apply(WHOLE)).isNotEqualTo(WHOLE);
    assertThat(damage.apply(List.of(SYSTEM, FIRST, CONCLUDED, LAST)))
        .isNotEqualTo(List.of(SYSTEM, FIRST, CONCLUDED, LAST));
  }
}
