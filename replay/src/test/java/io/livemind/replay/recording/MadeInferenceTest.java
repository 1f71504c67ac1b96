package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeInferenceTest {

  @ParameterizedTest
  @ValueSource(ints = {6, 10, 40, 179, 1_358})
  void theTextIsAnInferenceOfAboutThatManyTokens(int tokens) {
    String text = MadeInference.of(3, tokens);

    assertThat(ActionReply.parse(text, ActionSet.SIMPLE).orElseThrow().action())
        .isEqualTo(Action.INFERENCE);
    assertThat(TokenEstimate.of(text)).isBetween(tokens - 2 - tokens / 10, tokens + 3 + tokens / 5);
    assertThat(text).isEqualTo(MadeInference.of(3, tokens)).contains("Step 4:");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5})
  void soFewTokensConcludeNothing(int tokens) {
    assertThat(ActionReply.parse(MadeInference.of(0, tokens), ActionSet.SIMPLE).orElseThrow())
        .isEqualTo(new ActionReply(Action.WAIT, ""));
  }

  @Test
  void aRecordedTextIsServedAsItIs() {
    assertThat(ModelReply.of("action wait.", 1, 40).inferenceText(2)).isEqualTo("action wait.");
  }
}
