package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import org.junit.jupiter.api.Test;

class TypedTextTest {
  private final TypedText text = new TypedText();

  @Test
  void editsReplaceInsertAndDelete() {
    text.apply(new Typed(0, "three days"));
    text.apply(new Edited(1, 0, 5, "four"));
    text.apply(new Edited(1, 4, 0, " long"));
    text.apply(new Edited(1, 9, 5, ""));

    assertThat(text.text()).isEqualTo("four long");
  }

  @Test
  void anEditInsideASurrogatePairIsRefused() {
    text.apply(new Typed(0, "a😀b"));

    assertThatThrownBy(() -> text.apply(new Edited(1, 2, 1, "")))
        .hasMessage("edit cuts a surrogate pair");
    assertThatThrownBy(() -> text.apply(new Edited(1, 1, 1, "")))
        .hasMessage("edit cuts a surrogate pair");
  }

  @Test
  void anEditThatOverflowsIsOutsideThePrompt() {
    text.apply(new Typed(0, "abc"));

    assertThatThrownBy(() -> text.apply(new Edited(1, Integer.MAX_VALUE, 7, "")))
        .hasMessageContaining("outside the prompt of 3 units");
  }

  @Test
  void nothingFollowsTheSubmit() {
    text.apply(new Typed(0, "abc"));
    text.apply(new Submitted(1));

    assertThatThrownBy(() -> text.apply(new Typed(2, "d")))
        .hasMessage("nothing may follow the submit of a turn");
  }
}
