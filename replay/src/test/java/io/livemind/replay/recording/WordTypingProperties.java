package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;

class WordTypingProperties {
  private static final WordTyping TYPING = new WordTyping(0.25);

  @Property
  void joinedFragmentsAreTheTextAndTheLastOneComesWithTheLastKey(
      @ForAll @CharRange(from = ' ', to = '~') @Chars({'\n', '日', 'é', '本', 'ไ'}) String text) {
    List<Typed> fragments = TYPING.type(text, 3);

    assertThat(fragments.stream().map(Typed::text).collect(Collectors.joining())).isEqualTo(text);
    if (!text.isEmpty())
      assertThat(fragments.getLast().seconds())
          .isCloseTo(3 + TYPING.secondsFor(text), within(1e-9));
  }

  @Example
  void aWordLeavesWithTheSpaceThatEndsIt() {
    assertThat(TYPING.type("to be,  or", 0))
        .containsExactly(new Typed(0.75, "to "), new Typed(1.75, "be, "), new Typed(2.5, " or"));
  }

  @Example
  void fourCharactersLeaveWhereWordsAreNotSpaced() {
    assertThat(TYPING.type("明日の朝は。", 0)).extracting(Typed::text).containsExactly("明日の朝", "は。");
  }

  @Example
  void aPairOfSurrogatesIsOneKeyAndStaysTogether() {
    assertThat(TYPING.type("😀 a", 0)).containsExactly(new Typed(0.5, "😀 "), new Typed(0.75, "a"));
  }
}
