package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What models will be asked for is known before they are. */
class ExpectedTokensTest {
  private static final Recording RECORDING = Samples.recording("r");

  @Test
  void recordedCallsAreCountedForTheModelsOfTheArm() {
    List<ExpectedTokens> expected =
        ExpectedTokens.of(List.of(play(RECORDING, "collaborative"), play(RECORDING, "live")));

    assertThat(expected)
        .containsExactly(
            new ExpectedTokens("large", 3, 20 + 20 + 30, 6 + 6 + 4),
            new ExpectedTokens("small", 1, 30, 4));
  }

  @Test
  void whereNothingWasRecordedAThinkingCallForEachSentenceIsAssumed() {
    Turn turn = RECORDING.turns().getFirst();
    Recording bare =
        RECORDING.with(List.of(new Turn(0, turn.typing(), Optional.empty(), Map.of())));

    ExpectedTokens live = ExpectedTokens.of(List.of(play(bare, "live"))).getFirst();
    ExpectedTokens conventional = ExpectedTokens.of(List.of(play(bare, "conventional"))).getFirst();

    assertThat(live.calls()).isEqualTo(2);
    assertThat(conventional.calls()).isEqualTo(1);
    assertThat(live.prompt()).isGreaterThan(conventional.prompt());
  }

  private static Play play(Recording recording, String arm) {
    return Play.of(recording, Arm.named(arm), Duration.ZERO);
  }
}
