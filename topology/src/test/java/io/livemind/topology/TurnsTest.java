package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.Task;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns follow each other: what was said before, what interrupts what, how a session ends. */
class TurnsTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void theNextTurnIsToldWhatWasSaidBefore() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Indeed.");

    pipeline.type(SECOND);
    pipeline.submit();

    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getContent)
        .contains("Indeed.")
        .last()
        .asString()
        .startsWith(SECOND);
  }

  @Test
  void typingTheNextTurnDoesNotStopTheAnswerAndIsThoughtAboutWhenItEnds() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    pipeline.control();

    pipeline.type(SECOND + "Tell ");
    assertThat(pipeline.control()).isEmpty();
    assertThat(pipeline.inferenceTasks()).isEmpty();
    pipeline.conclude(answer, "e1", "Indeed.");

    assertThat(userText(pipeline.inferenceTask())).isEqualTo(FIRST + SECOND);
  }

  @Test
  void aCancelledAnswerKeepsItsTextMarkedInterrupted() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    cancelTurn(0);
    assertThat(pipeline.control()).contains(control(answer, "e1", ControlCommand.CANCEL));

    pipeline.conclude(answer, "e1", "Temp", "cancelled");

    assertThat(pipeline.answer(Cancelled.class).orElseThrow().getText()).isEqualTo("Temp");
    pipeline.type(SECOND);
    pipeline.submit();
    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getContent)
        .contains("Temp [interrupted]");
  }

  @Test
  void submittingTheNextPromptStopsTheAnswerBeforeIt() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.claim(first, "e1");
    pipeline.type(SECOND);
    pipeline.submit();
    assertThat(pipeline.control()).contains(control(first, "e1", ControlCommand.CANCEL));

    pipeline.conclude(first, "e1", "Temp", "cancelled");

    Task second = pipeline.answerTask();
    assertThat(second.getTurn()).isEqualTo(1);
    assertThat(userText(second)).isEqualTo(FIRST + SECOND);
  }

  @Test
  void aDeletedSessionIsGone() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.send(new Delete());

    pipeline.send(new Append("more"));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode())
        .isEqualTo("session_unknown");
  }

  private void cancelTurn(int turn) {
    pipeline.sendOfTurn(turn, new Cancel());
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
