package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerCueTest {

  @Test
  void theCueIsToldFromTheUsersText() {
    String message = "Why [is] this?" + AnswerCue.text(Optional.of("One letter."));

    assertThat(AnswerCue.strip(message)).isEqualTo("Why [is] this?");
    assertThat(AnswerCue.endsIn(message)).isTrue();
  }

  @Test
  void textWithoutACueStaysWhole() {
    assertThat(AnswerCue.strip("a [b]")).isEqualTo("a [b]");
    assertThat(AnswerCue.endsIn("a [b]")).isFalse();
  }
}
