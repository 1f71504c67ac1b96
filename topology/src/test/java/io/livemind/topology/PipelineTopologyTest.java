package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTopologyTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String SECOND = "Which one is the oldest? ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aClosedSegmentIsThoughtAboutWhileTheNextOneIsTyped() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);

    Task task = pipeline.inferenceTask();

    assertThat(userText(task)).isEqualTo(FIRST);
    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void anInferenceStartsAfterItsGrant() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task task = pipeline.inferenceTask();

    pipeline.claim(task, "e1");

    assertThat(pipeline.control()).containsExactly(control(task, "e1", ControlCommand.GRANT));
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
  void aReplyThatIsNoActionLeavesTheMemoryAsItWas() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);

    pipeline.run(pipeline.inferenceTask(), "Sure! Tempelhof it is.");
    pipeline.submit();

    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getRole)
        .containsExactly(Role.SYSTEM, Role.USER);
  }

  @Test
  void aReplyThatGoesOnForEverIsCutBeforeItBecomesMemory() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);

    pipeline.run(pipeline.inferenceTask(), "action inference. " + "word ".repeat(10_000));
    pipeline.submit();

    assertThat(pipeline.answerTask().getMessages())
        .filteredOn(message -> message.getRole() == Role.ASSISTANT)
        .allSatisfy(message -> assertThat(message.getContent()).hasSize(8_192));
  }

  @Test
  void aTaskThatNoWorkerHasTakenIsNotWaitedForOnSubmit() {
    pipeline.open(SessionOptions.newBuilder().setOnSubmit(OnSubmit.WAIT).build());
    pipeline.type(FIRST + SECOND);

    pipeline.submit();

    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void anEditOfClosedTextDropsWhatRestsOnIt() {
    pipeline.open();
    pipeline.type(FIRST + SECOND + "And why? Tell ");
    pipeline.run(pipeline.inferenceTask(), "action inference. one");
    pipeline.run(pipeline.inferenceTask(), "action inference. two");
    pipeline.answers();

    pipeline.send(new Replace(FIRST.length(), "Which".length(), "What"));

    Revised revised = pipeline.answer(Revised.class).orElseThrow();
    assertThat(revised.getKeptSegments()).isEqualTo(1);
    assertThat(revised.getKeptInferences()).isEqualTo(1);
    assertThat(userText(pipeline.inferenceTask())).startsWith(FIRST + "What one");
  }

  @Test
  void anEditOfTextThatIsThoughtAboutStopsTheThinking() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");

    pipeline.send(new Replace(0, "Berlin".length(), "Paris"));
    pipeline.conclude(thinking, "e1", "action inference. Berlin!");
    pipeline.send(new Append("Tell "));

    assertThat(pipeline.control()).contains(control(thinking, "e1", ControlCommand.CANCEL));
    Task anew = pipeline.inferenceTask();
    assertThat(userText(anew)).startsWith("Paris has");
    assertThat(anew.getMessages()).extracting(Message::getRole).doesNotContain(Role.ASSISTANT);
  }

  @Test
  void aFragmentThatComesTwiceMakesThePresentOutputsLeaveAgain() {
    pipeline.open();
    pipeline.send(1, new Append("Hello"));
    pipeline.send(2, submitOf("Hello"));
    Task first = pipeline.answerTask();

    pipeline.sendOfTurn(0, 2, submitOf("Hello"));

    assertThat(pipeline.answerTask()).isEqualTo(first);
  }

  @Test
  void aFragmentThatComesTwiceHasItsEffectOnce() {
    pipeline.open();
    pipeline.send(1, new Append("Hello "));
    pipeline.send(1, new Append("Hello "));
    pipeline.send(2, new Append("world"));
    pipeline.send(3, submitOf("Hello world"));

    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void fragmentsThatComeOutOfOrderAreAppliedInOrder() {
    pipeline.open();
    pipeline.send(3, submitOf("Hello world"));
    pipeline.send(2, new Append("world"));
    pipeline.send(1, new Append("Hello "));

    assertThat(userText(pipeline.answerTask())).isEqualTo("Hello world");
  }

  @Test
  void aGapThatStaysIsTold() {
    pipeline.open();
    pipeline.send(5, new Append("late "));

    pipeline.pass(Duration.ofSeconds(3));

    Rejected rejected = pipeline.answer(Rejected.class).orElseThrow();
    assertThat(rejected.getCode()).isEqualTo("missing_sequence");
    assertThat(rejected.getExpected()).isEqualTo(1);
  }

  @Test
  void aSubmitOfAnotherTextIsNotAnswered() {
    pipeline.open();
    pipeline.send(1, new Append("Hello "));

    pipeline.send(2, submitOf("Hello world"));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("resync");
    assertThat(pipeline.answerTasks()).isEmpty();
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
  void aConventionalSessionThinksNothingAhead() {
    pipeline.open(SessionOptions.newBuilder().setMode(Mode.CONVENTIONAL).build());
    pipeline.type(FIRST + SECOND);
    assertThat(pipeline.inferenceTasks()).isEmpty();

    pipeline.submit();

    assertThat(userText(pipeline.answerTask())).isEqualTo(FIRST + SECOND);
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

  @Test
  void bytesThatAreNoFragmentGoToTheDeadLettersAndTheNeighboursAreUnharmed() {
    pipeline.open();
    byte[] garbage = "no fragment".getBytes(StandardCharsets.UTF_8);

    pipeline.sendBytes(garbage);
    pipeline.type(FIRST);
    pipeline.submit();

    var letters = pipeline.deadLetters();
    assertThat(letters).extracting("code").containsExactly("unreadable");
    assertThat(letters.getFirst().getValue().orElseThrow().array()).isEqualTo(garbage);
    assertThat(userText(pipeline.answerTask())).isEqualTo(FIRST);
  }

  @Test
  void anEmptyPromptIsNotAnswered() {
    pipeline.open();

    pipeline.send(submitOf(""));

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode()).isEqualTo("empty_prompt");
  }

  @Test
  void openTextIsClosedWhenTheTypingPauses() {
    pipeline.open(SessionOptions.newBuilder().setIdleGapMillis(500).build());
    pipeline.type("no sentence end yet ");
    assertThat(pipeline.inferenceTasks()).isEmpty();

    pipeline.pass(Duration.ofSeconds(1));

    assertThat(userText(pipeline.inferenceTask())).isEqualTo("no sentence end yet ");
  }

  @Test
  void anInferenceIsShownToTheClient() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);

    pipeline.run(pipeline.inferenceTask(), "action inference. Tempelhof is old.");

    assertThat(pipeline.answer(Inferred.class).orElseThrow().getText())
        .isEqualTo("Tempelhof is old.");
  }

  private void cancelTurn(int turn) {
    pipeline.sendOfTurn(turn, new Cancel());
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
