package io.livemind.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.DraftWhen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which prompts a draft answers as well, and which end like a prompt. */
class DraftTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Why is it so           | Why is it so.
          Why is it so?          | ' Why is it so?  '
          なぜですか              | なぜですか。
          यह क्या है              | यह क्या है।
          What is `map`          | What is `map`.
          """)
  void outerSpaceAndOneFinalFullStopMakeNoDifference(String one, String other) {
    assertThat(DraftText.essence(one)).isEqualTo(DraftText.essence(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                 | 5!
          map               | Map
          Really?           | Really
          Wait              | Wait...
          a b               | a  b
          What is `a.       | What is `a
          """)
  void anythingElseDoes(String one, String other) {
    assertThat(DraftText.essence(one)).isNotEqualTo(DraftText.essence(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"```\nx = 1.", "Look at `x.", "```java\nint a;\n```\n```\ny.", "~~~\nx = 1."})
  void aFullStopInsideCodeIsPartOfTheText(String text) {
    assertThat(DraftText.essence(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Why?", "He said \"no.\"", "Stop.  ", "なぜ？", "क्यों।", "See (this)."})
  void theEndOfASentenceLooksComplete(String text) {
    assertThat(DraftText.looksComplete(text, DraftWhen.SENTENCE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Why", "and then,", "", "   ", "Look at `x."})
  void anythingElseDoesNot(String text) {
    assertThat(DraftText.looksComplete(text, DraftWhen.SENTENCE)).isFalse();
  }
}
