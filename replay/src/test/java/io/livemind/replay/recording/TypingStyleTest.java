package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Samples;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** "one " at 1 s, "two" at 2 s, submit at 3 s: 140 characters a minute. */
class TypingStyleTest {
  private final Recording recorded = Samples.recording("r");

  @Test
  void aPaceStretchesOrShortensEveryMoment() {
    assertThat(typing(TypingStyle.at(280)))
        .containsExactly(new Typed(0.5, "one "), new Typed(1, "two"), new Submitted(1.5));
  }

  @Test
  void whatIsPastedComesInOnePieceAndIsSubmittedAtOnce() {
    assertThat(typing(TypingStyle.paste()))
        .containsExactly(new Typed(0, "one two"), new Submitted(0));
  }

  @Test
  void thePauseBeforeEnterCountsFromTheLastKey() {
    assertThat(typing(TypingStyle.AS_RECORDED.enterAfter(0.5)).getLast())
        .isEqualTo(new Submitted(2.5));
    assertThat(typing(TypingStyle.paste().enterAfter(2)).getLast()).isEqualTo(new Submitted(2));
  }

  @Test
  void nothingChangesUnlessItIsAskedFor() {
    assertThat(TypingStyle.AS_RECORDED.of(recorded)).isSameAs(recorded);
  }

  @Test
  void whatIsPastedHasNoPace() {
    assertThatThrownBy(() -> new TypingStyle(OptionalDouble.of(240), true, OptionalDouble.empty()))
        .hasMessageContaining("pasted");
  }

  @Test
  void keysAreSpreadOverTheTimeOfTheirWord() {
    assertThat(Keystrokes.of(recorded).turns().getFirst().typing())
        .containsExactly(
            new Typed(0.25, "o"),
            new Typed(0.5, "n"),
            new Typed(0.75, "e"),
            new Typed(1, " "),
            new Typed(1 + 1.0 / 3, "t"),
            new Typed(1 + 2.0 / 3, "w"),
            new Typed(2, "o"),
            new Submitted(3));
  }

  private List<TypingEvent> typing(TypingStyle style) {
    return style.of(recorded).turns().getFirst().typing();
  }
}
