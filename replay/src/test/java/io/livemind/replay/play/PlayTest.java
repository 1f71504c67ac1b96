package io.livemind.replay.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayTest {

  @Test
  void sessionIdsAre128BitsAndDifferent() {
    var recordings = List.of(Samples.recording("a"), Samples.recording("b"));
    List<Play> plays = Play.all(recordings, Arm.demo(), Duration.ofSeconds(2));

    assertThat(plays.stream().map(Play::sessionId))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
  }

  @Test
  void armsOfARecordingStartTogetherAndRecordingsAfterEachOther() {
    var recordings = List.of(Samples.recording("a"), Samples.recording("b"));
    List<Play> plays = Play.all(recordings, Arm.demo(), Duration.ofSeconds(2));

    assertThat(plays.stream().map(play -> play.startOffset().toSeconds()))
        .containsExactly(0L, 0L, 0L, 2L, 2L, 2L);
  }

  @Test
  void aRecordingIsLeftOutOfArmsThatItHasNoOutputsOf() {
    List<Arm> arms = List.of(Arm.named("live-llm"), Arm.named("live"));

    assertThat(Play.all(List.of(Samples.recording("a")), arms, Duration.ZERO))
        .extracting(play -> play.arm().name())
        .containsExactly("live");
    assertThat(Play.of(Samples.recording("a"), Arm.named("live-llm"), Duration.ZERO).recorded())
        .isFalse();
  }

  @Test
  void aWrongConfigurationNamesKeyRuleValueAndRemedy() {
    assertThatThrownBy(() -> new PlayerConfig(0, Duration.ofSeconds(1)))
        .hasMessage(
            "replay.speed must be more than 0 and at most 1000, is 0.0: 1 is real time, 10 types"
                + " ten times as fast");
    assertThatThrownBy(() -> new PlayerConfig(Double.NaN, Duration.ofSeconds(1)))
        .hasMessageContaining("is NaN");
    assertThatThrownBy(() -> new PlayerConfig(1, Duration.ZERO))
        .hasMessageContaining("replay.turn-deadline must be more than 0, is PT0S");
  }
}
