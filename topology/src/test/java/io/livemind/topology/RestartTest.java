package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Task;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Another instance goes on with what was stored, and tells again what may have been lost. What the
 * instance before it wrote to other topics is lost in all of these.
 */
class RestartTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest?";
  private static final Random ANY = new Random(7);

  private final PipelineDriver pipeline = new PipelineDriver();

  @BeforeEach
  void open() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aTaskThatNobodyHasClaimedIsDispatchedAgain() {
    Task lost = pipeline.inferenceTask();
    pipeline.commit();

    pipeline.restart(ANY);

    assertThat(pipeline.inferenceTask()).isEqualTo(lost);
  }

  @Test
  void aGrantIsGivenAgain() {
    Task task = pipeline.inferenceTask();
    pipeline.claim(task, "e1");
    pipeline.commit();

    pipeline.restart(ANY);

    assertThat(pipeline.control())
        .containsExactly(
            new Control(task.getTaskId(), task.getAttempt(), "e1", ControlCommand.GRANT));
  }

  @Test
  void theEndOfATurnIsToldAgain() {
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Tempelhof.");
    pipeline.commit();

    pipeline.restart(ANY);

    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("Tempelhof.");
  }

  @Test
  void anOutcomeThatComesAgainMakesTheEndOfItsTurnLeaveAgain() {
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.run(answer, "Tempelhof.");
    pipeline.answers();

    pipeline.conclude(answer, "e2", "Tegel.");

    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("Tempelhof.");
  }

  @Test
  void whatWasConcludedIsInTheAnswerCallOfTheNextInstance() {
    pipeline.run(pipeline.inferenceTask(), "action inference. Tempelhof is.");
    pipeline.commit();

    pipeline.restart(ANY);
    pipeline.submit();

    assertThat(pipeline.answerTask().getMessages())
        .extracting("content")
        .contains("action inference. Tempelhof is.");
  }
}
