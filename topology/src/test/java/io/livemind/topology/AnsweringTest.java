package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A submitted prompt is answered at once, and its turn ends in one way. */
class AnsweringTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void theAnswerCallHoldsTheWholePromptAndTheMemory() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), "action inference. Tempelhof is old.");

    pipeline.submit();

    Task answer = pipeline.answerTask();
    assertThat(userText(answer)).isEqualTo(FIRST + SECOND);
    assertThat(answer.getMessages())
        .filteredOn(message -> message.getRole() == Role.ASSISTANT)
        .extracting(Message::getContent)
        .containsExactly("action inference. Tempelhof is old.");
  }

  @Test
  void anAnswerThatRestsOnAnotherTextIsNone() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");

    pipeline.concludeForOtherInput(answer, "e1", "Tempelhof.");

    assertThat(pipeline.answer(Completed.class)).isEmpty();
    pipeline.pass(Duration.ofSeconds(1));
    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void anUnfinishedInferenceIsCancelledOnSubmitAndTheAnswerStartsAtOnce() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");

    pipeline.submit();

    assertThat(pipeline.control()).contains(control(thinking, "e1", ControlCommand.CANCEL));
    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void onSubmitWaitTheAnswerStartsWhenTheInferenceEnds() {
    pipeline.open(SessionOptions.newBuilder().setOnSubmit(OnSubmit.WAIT).build());
    pipeline.type(FIRST + SECOND);
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");
    pipeline.submit();
    assertThat(pipeline.answerTasks()).isEmpty();

    pipeline.conclude(thinking, "e1", "action inference. Tempelhof is old.");

    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getContent)
        .contains("action inference. Tempelhof is old.");
  }

  @Test
  void aTaskThatNoWorkerHasTakenIsNotWaitedForOnSubmit() {
    pipeline.open(SessionOptions.newBuilder().setOnSubmit(OnSubmit.WAIT).build());
    pipeline.type(FIRST + SECOND);

    pipeline.submit();

    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void theTurnEndsWithTheTextOfTheExecutionThatWasLetToRun() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    pipeline.conclude(answer, "e2", "from somebody else");
    assertThat(pipeline.answer(Completed.class)).isEmpty();

    pipeline.conclude(answer, "e1", "Tempelhof.");

    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("Tempelhof.");
  }

  @Test
  void aFailureThatMayPassIsTriedAgainAfterAPause() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.claim(first, "e1");
    pipeline.conclude(first, "e1", "", "overloaded");
    assertThat(pipeline.answerTasks()).isEmpty();

    pipeline.pass(Duration.ofSeconds(1));

    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(2);
  }

  @Test
  void aFailureThatStaysEndsTheTurnWithItsCode() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");

    pipeline.conclude(answer, "e1", "", "unauthorised");

    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("unauthorised");
  }

  @Test
  void aTurnEndsAtItsDeadline() {
    pipeline.open(SessionOptions.newBuilder().setTurnDeadlineMillis(3_000).build());
    pipeline.type(FIRST);
    pipeline.submit();

    pipeline.pass(Duration.ofSeconds(4));

    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("turn_deadline");
  }

  @Test
  void anEmptyPromptIsNotAnswered() {
    pipeline.open();

    pipeline.send(submitOf(""));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("empty_prompt");
  }

  private static Submit submitOf(String text) {
    return new Submit(text.length(), TextHash.of(text));
  }

  private static Control control(Task task, String execution, ControlCommand command) {
    return new Control(task.getTaskId(), task.getAttempt(), execution, command);
  }

  private static String userText(Task task) {
    List<Message> messages = task.getMessages();
    return messages.stream()
        .filter(message -> message.getRole() == Role.USER)
        .map(message -> AnswerCue.strip(message.getContent()))
        .collect(Collectors.joining());
  }
}
