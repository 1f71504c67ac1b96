package io.livemind.replay.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Edited;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TypingModelProperties {
  private static final TypingModel CLUMSY = new TypingModel(240, 0.4, 1, 0.2, 7);

  @Property(tries = 500)
  void whatIsSubmittedIsTheTextWhateverWasMistyped(
      @ForAll @StringLength(min = 1, max = 80) String text, @ForAll long number) {
    String valid = text.replaceAll("[\\ud800-\\udfff]", "😀");
    Assume.that(!valid.isBlank());

    List<TypingEvent> events = CLUMSY.type(valid, number);

    // A turn checks order of time, edits and the submit.
    var turn = new Turn(0, events, Optional.empty(), Map.of());
    assertThat(turn.prompt()).isEqualTo(valid);
    assertThat(CLUMSY.type(valid, number)).isEqualTo(events);
  }

  @Test
  void wordsAreMistypedAndMendedAndNoTwoPromptsAlike() {
    String text = "Sometimes somebody mistypes something, notices it, and mends it.";
    var never = new TypingModel(240, 0.4, 0, 0, 7);
    var often = new TypingModel(240, 0.4, 1, 0, 7);

    assertThat(often.type(text, 1)).anyMatch(Edited.class::isInstance);
    assertThat(never.type(text, 1)).noneMatch(Edited.class::isInstance);
    assertThat(never.type(text, 1)).isNotEqualTo(never.type(text, 2));
  }

  @Test
  void thePaceIsTheOneThatWasAskedFor() {
    String text = "one two three four five six seven eight nine ten ".repeat(40).strip();

    double seconds = new TypingModel(480, 0, 0, 0, 3).type(text, 0).getLast().seconds();

    assertThat(text.length() * 60 / seconds).isBetween(450.0, 510.0);
  }
}
