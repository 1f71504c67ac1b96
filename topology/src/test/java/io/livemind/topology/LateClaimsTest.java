package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While tasks wait long for a worker, calls in advance are held back, and answers are not. */
class LateClaimsTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";
  private static final String THIRD = "And which is the largest? ";

  /** Without a claim, the delay of the last ones counts for so long. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(5);

  /** Without a key, a session that wants to think is looked at after so long. */
  private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(5);

  private final PipelineDriver pipeline = new PipelineDriver();

  @BeforeEach
  void aTaskIsClaimedLate() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task late = pipeline.inferenceTask();
    pipeline.pass(Duration.ofSeconds(9));
    pipeline.run(late, "action inference. Tempelhof is old.");
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void thinkingIsHeldBackAndCoalesced() {
    pipeline.type(THIRD + FIRST);
    assertThat(pipeline.inferenceTasks()).isEmpty();
    pipeline.pass(FORGOTTEN.plus(LOOKED_AT_AGAIN));

    List<Task> later = pipeline.inferenceTasks();
    assertThat(later).hasSize(1);
    assertThat(later.getFirst().getMessages().getLast().getContent()).isEqualTo(SECOND + THIRD);
  }

  @Test
  void eachKeyPutsOffTheNextLookAtTheSession() {
    Duration untilTheKey = FORGOTTEN.minusSeconds(1);
    pipeline.type(THIRD + FIRST);
    pipeline.pass(untilTheKey);
    pipeline.type("A");

    pipeline.pass(LOOKED_AT_AGAIN.minusSeconds(1));
    assertThat(pipeline.inferenceTasks()).isEmpty();
    pipeline.pass(Duration.ofSeconds(2));
    assertThat(pipeline.inferenceTasks()).hasSize(1);
  }

  @Test
  void answersAreNotHeldBack() {
    pipeline.submit();

    assertThat(pipeline.answerTasks()).hasSize(1);
  }
}
