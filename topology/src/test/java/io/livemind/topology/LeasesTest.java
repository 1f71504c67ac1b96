package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task outlives the worker that took it, and only one execution counts. */
class LeasesTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aSecondClaimOfAnAttemptIsCancelled() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task task = pipeline.inferenceTask();

    pipeline.claim(task, "e1");
    pipeline.claim(task, "e2");

    assertThat(pipeline.control()).contains(control(task, "e2", ControlCommand.CANCEL));
  }

  @Test
  void aTaskThatNobodyClaimsIsDispatchedAgain() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();

    pipeline.pass(Duration.ofSeconds(11));

    Task second = pipeline.answerTask();
    assertThat(second.getTaskId()).isEqualTo(first.getTaskId());
    assertThat(second.getAttempt()).isEqualTo(first.getAttempt() + 1);
  }

  @Test
  void aTaskThatIsMerelyBehindOthersIsTakenUntilTheDeadlineOfItsTurn() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task task = pipeline.answerTask();

    for (int second = 0; second < 110; second++) {
      pipeline.pass(Duration.ofSeconds(1));
      for (Task again : pipeline.answerTasks()) task = again;
    }

    assertThat(pipeline.answer(Failed.class)).isEmpty();
    pipeline.run(task, "Tempelhof.");
    assertThat(pipeline.answer(Completed.class)).isPresent();
  }

  @Test
  void aWorkerThatKeepsBeatingKeepsItsTask() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");

    for (int beat = 0; beat < 10; beat++) {
      pipeline.pass(Duration.ofSeconds(3));
      pipeline.heartbeat(answer, "e1");
    }

    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aWorkerThatFallsSilentLosesItsTaskWithinFiveSeconds() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");

    pipeline.pass(Duration.ofSeconds(5));

    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void timeInWhichNothingWasReadCountsForNoLease() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    pipeline.pass(Duration.ofMillis(1_500));

    pipeline.jump(Duration.ofSeconds(60));
    assertThat(pipeline.answerTasks()).isEmpty();
    pipeline.heartbeat(answer, "e1");
    pipeline.pass(Duration.ofSeconds(4));
    assertThat(pipeline.answerTasks()).isEmpty();

    pipeline.pass(Duration.ofSeconds(1));
    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void whoeverIsAlwaysSlowEndsALeaseAllTheSame() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    pipeline.claim(pipeline.answerTask(), "e1");

    for (int tick = 0; tick < 10; tick++) pipeline.jump(Duration.ofSeconds(2));

    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void aLateOutcomeOfAnEarlierAttemptCountsNothing() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.claim(first, "e1");
    pipeline.pass(Duration.ofSeconds(5));
    Task second = pipeline.answerTask();
    pipeline.claim(second, "e2");

    pipeline.conclude(first, "e1", "late");

    assertThat(pipeline.answer(Completed.class)).isEmpty();
    pipeline.conclude(second, "e2", "in time");
    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("in time");
  }

  @Test
  void aLateClaimOfAnEarlierAttemptIsCancelledAndTheLaterOneIsFree() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.pass(Duration.ofSeconds(11));
    Task second = pipeline.answerTask();

    pipeline.claim(first, "e1");

    assertThat(pipeline.control()).contains(control(first, "e1", ControlCommand.CANCEL));
    pipeline.claim(second, "e2");
    pipeline.conclude(second, "e2", "in time");
    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("in time");
  }

  @Test
  void aHeartbeatOfAnEarlierExecutionKeepsNoTask() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.claim(first, "e1");
    pipeline.pass(Duration.ofSeconds(5));
    pipeline.claim(pipeline.answerTask(), "e2");

    for (int second = 0; second < 5; second++) {
      pipeline.pass(Duration.ofSeconds(1));
      pipeline.heartbeat(first, "e1");
    }

    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(3);
  }

  private static Control control(Task task, String execution, ControlCommand command) {
    return new Control(task.getTaskId(), task.getAttempt(), execution, command);
  }
}
