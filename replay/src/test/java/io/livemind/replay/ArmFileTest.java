package io.livemind.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.recording.TypingStyle;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.PromptLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class ArmFileTest {
  @TempDir Path folder;

  @Test
  void anArmIsLikeABuiltInOneButForWhatItSays() throws IOException {
    Arm arm =
        read("""
                // Faster typing.
                [{"name": "fast", "like": "live-llm", "onSubmit": "cancel", "granularity": "clause",
                  "layout": "u-pi", "outputModel": "small", "charactersPerMinute": 900,
                  "pauseBeforeEnterMillis": 500, "baselines": ["slow"]},
                 {"name": "slow", "like": "baseline-llm"}]
                """)
            .getFirst();
    Arm like = Arm.named("live-llm");

    assertThat(arm.options().getOnSubmit()).isEqualTo(OnSubmit.CANCEL);
    assertThat(arm.options().getGranularity()).isEqualTo(Granularity.CLAUSE);
    assertThat(arm.options().getLayout()).isEqualTo(PromptLayout.U_PI);
    assertThat(arm.options().getOutputModel()).isEqualTo("small");
    assertThat(arm.options().getCoalesce()).isEqualTo(like.options().getCoalesce());
    assertThat(arm.typing()).isEqualTo(TypingStyle.at(900).enterAfter(0.5));
    assertThat(arm.outputs()).isEqualTo("live-llm");
    assertThat(arm.latency()).isEqualTo(like.latency());
    assertThat(arm.baselines()).containsExactly("slow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                   | must hold an array of arms
          []                                                   | must hold an array of arms
          [{"name":"a"}]                                       | "name" and "like"
          [{"name":"a","like":"nobody"}]                       | arm "a": unknown arm "nobody"
          [{"name":"a","like":"live","speed":2}]               | "speed" is unknown
          [{"name":"a","like":"live","onSubmit":"hope"}]       | one of [cancel, wait], but is hope
          [{"name":"a","like":"live","draftPauseMillis":-1}]   | an integer of 0 or more
          [{"name":"a","like":"live","pasted":"yes"}]          | true or false
          [{"name":"a","like":"live"},{"name":"a","like":"live"}] | two arms have the name "a"
          [{"name":                                            | :1: is not JSON
          """)
  void whatIsWrongIsToldWithTheFileTheArmAndTheRule(String text, String told) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("arms.json")
        .hasMessageContaining(told);
  }

  private List<Arm> read(String text) throws IOException {
    return ArmFile.read(Files.writeString(folder.resolve("arms.json"), text));
  }
}
