package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.typing.TypingLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a topology refuses to start with. */
class TopologyConfigTest {
  private static final TopologyConfig DEFAULTS =
      TopologyConfig.defaults("test", Map.of("bootstrap.servers", "none:1"), Path.of("target"));

  @Test
  void aPromptThatWouldNotFitATaskIsRefusedAtTheStart() {
    var limits = new TypingLimits(131_072, 1_000_000, 32, 2_000, 100_000, 1_000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.limiting(limits))
        .withMessageContaining("prompt-length")
        .withMessageContaining("4194304");
  }

  @Test
  void aHeadThatWouldNotFitTheStoreIsRefusedAtTheStart() {
    var limits = new TypingLimits(131_072, 1_000_000, 32, 2_000, 100_000, 1_000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(limits, new TaskLimits(1, 8_192, 8_192)))
        .withMessageContaining("prompt-length")
        .withMessageContaining("8388608");
  }

  @Test
  void aSnapshotThatWouldNotFitItsTopicIsRefusedAtTheStart() {
    var typing = new TypingLimits(131_072, 650_000, 32, 2_000, 100_000, 1_000);
    var fewInferences = new TaskLimits(16, 262_144, 32_768);

    assertThat(fewInferences.largestTask(typing)).isLessThan(TaskLimits.LARGEST_RECORD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(typing, fewInferences))
        .withMessageContaining("snapshots");
  }

  @Test
  void theDefaultsOfASessionAreAllowed() {
    assertThat(TaskLimits.DEFAULT.exceeded(SessionOptions.newBuilder().build())).isEmpty();
  }

  @Test
  void theLargestTaskThatIsAllowedFitsItsTopic() {
    var topics = new Topics("test.");

    assertThat(topics.answerTasks().config().get("max.message.bytes"))
        .isEqualTo(Integer.toString(TaskLimits.LARGEST_RECORD));
    assertThat(DEFAULTS.taskLimits().largestTask(DEFAULTS.limits()))
        .isLessThan(TaskLimits.LARGEST_RECORD);
  }

  @Test
  void aSessionThatWantsMoreThanATaskHoldsIsNotOpened() {
    try (var pipeline = new PipelineDriver()) {
      pipeline.open(SessionOptions.newBuilder().setMaximumInferencesPerTurn(10_000).build());

      Rejected rejected = pipeline.answer(Rejected.class).orElseThrow();
      assertThat(rejected.getCode()).isEqualTo("options_too_large");
      assertThat(rejected.getLimit()).hasValue(64L);
    }
  }

  private static TopologyConfig with(TypingLimits typing, TaskLimits tasks) {
    return new TopologyConfig(
        "test",
        DEFAULTS.kafka(),
        DEFAULTS.store(),
        1,
        DEFAULTS.commitInterval(),
        false,
        false,
        typing,
        tasks,
        DEFAULTS.times(),
        UnaryOperator.identity());
  }
}
