package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer begun before the prompt is submitted: asked for, held, released or dropped. */
class DraftAnswersTest {
  private static final String QUESTION = "Which airport is the oldest?";
  private static final Duration PAUSE = Duration.ofMillis(800);

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aDraftIsAskedForWhenThePromptLooksCompleteAndTheTypingPauses() {
    open();
    pipeline.type(QUESTION);
    assertThat(pipeline.answerTasks()).isEmpty();

    pipeline.pass(PAUSE);

    Task draft = pipeline.answerTask();
    assertThat(draft.getDraft()).isTrue();
    assertThat(draft.getMessages().getLast().getContent()).startsWith(QUESTION);
  }

  @Test
  void aDraftThatRestsOnAnotherTextIsNotHeld() {
    open();
    pipeline.type(QUESTION);
    pipeline.pass(PAUSE);
    Task draft = pipeline.answerTask();
    pipeline.claim(draft, "e1");

    pipeline.concludeForOtherInput(draft, "e1", "Tempelhof.");

    pipeline.submit();
    assertThat(pipeline.answerTask().getDraft()).isFalse();
  }

  @Test
  void aPauseInTheMiddleOfASentenceAsksForNothing() {
    open();
    pipeline.type("Which airport is the ");

    pipeline.pass(Duration.ofSeconds(10));

    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aPauseAnywhereIsEnoughWhereTheOptionsSaySo() {
    pipeline.open(options().setDraftWhen(DraftWhen.ANY).build());
    pipeline.type("Which airport is the ");

    pipeline.pass(PAUSE);

    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void withoutTheOptionThereIsNoDraft() {
    pipeline.open();
    pipeline.type(QUESTION);

    pipeline.pass(Duration.ofSeconds(10));

    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aDraftStartsAfterItsGrant() {
    Task draft = drafted();

    pipeline.claim(draft, "e1");

    assertThat(pipeline.control()).containsExactly(control(draft, "e1", ControlCommand.GRANT));
  }

  @Test
  void aFinishedDraftIsTheAnswerOnSubmit() {
    Task draft = drafted();
    pipeline.run(draft, "Tempelhof.");
    assertThat(pipeline.answer(Completed.class)).isEmpty();

    pipeline.submit();

    assertThat(pipeline.answers())
        .filteredOn(event -> event instanceof DraftEnded || event instanceof Completed)
        .satisfiesExactly(
            ended -> assertThat(((DraftEnded) ended).getReleased()).isTrue(),
            end -> assertThat(((Completed) end).getText()).isEqualTo("Tempelhof."));
    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aFullStopAndOuterWhiteSpaceMakeNoDifference() {
    pipeline.open(options().setDraftWhen(DraftWhen.ANY).build());
    pipeline.type("Name the oldest airport");
    pipeline.pass(PAUSE);
    pipeline.run(pipeline.answerTask(), "Tempelhof.");

    pipeline.type(". \n");
    pipeline.submit();

    assertThat(pipeline.answer(Completed.class)).isPresent();
    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void aDraftThatStillRunsIsReleasedAndGoesOn() {
    Task draft = drafted();
    pipeline.claim(draft, "e1");
    pipeline.control();

    pipeline.submit();
    assertThat(pipeline.control()).containsExactly(control(draft, "e1", ControlCommand.RELEASE));
    pipeline.conclude(draft, "e1", "Tempelhof.");

    assertThat(pipeline.answer(Completed.class).orElseThrow().getExecution()).isEqualTo("e1");
    assertThat(pipeline.answerTasks()).isEmpty();
  }

  @Test
  void theReleaseIsSentAgainWhenItMayHaveBeenLost() {
    Task draft = drafted();
    pipeline.claim(draft, "e1");
    pipeline.submit();
    pipeline.control();

    pipeline.sendOfTurn(0, 1L, new Append("again"));

    assertThat(pipeline.control()).containsExactly(control(draft, "e1", ControlCommand.RELEASE));
  }

  @Test
  void anotherTextDropsTheDraftAndTellsIt() {
    Task draft = drafted();
    pipeline.run(draft, "Tempelhof.");

    pipeline.type(" Or the largest? ");

    DraftEnded ended = pipeline.answer(DraftEnded.class).orElseThrow();
    assertThat(ended.getReleased()).isFalse();
    assertThat(ended.getUsage().getCompletionTokens()).hasValue(5);
  }

  @Test
  void typingOnCancelsADraftThatRuns() {
    Task draft = drafted();
    pipeline.claim(draft, "e1");
    pipeline.control();

    pipeline.type(" Or");

    assertThat(pipeline.control()).containsExactly(control(draft, "e1", ControlCommand.CANCEL));
  }

  @Test
  void aSubmitOfAnotherTextIsAnsweredAfresh() {
    pipeline.run(drafted(), "Tempelhof.");

    pipeline.type("!");
    pipeline.submit();

    Task answer = pipeline.answerTask();
    assertThat(answer.getDraft()).isFalse();
    assertThat(answer.getMessages())
        .extracting(Message::getContent)
        .anyMatch(content -> content.contains(QUESTION + "!"));
    assertThat(pipeline.answer(Completed.class)).isEmpty();
  }

  @Test
  void aDraftThatNobodyHasTakenIsNotWaitedFor() {
    Task draft = drafted();

    pipeline.submit();

    Task answer = pipeline.answerTask();
    assertThat(answer.getDraft()).isFalse();
    assertThat(answer.getTaskId()).isNotEqualTo(draft.getTaskId());
  }

  @Test
  void aDraftThatFailsIsNotAskedForTwice() {
    Task draft = drafted();
    pipeline.claim(draft, "e1");
    pipeline.conclude(draft, "e1", "", "overloaded");

    pipeline.pass(Duration.ofSeconds(5));
    assertThat(pipeline.answerTasks()).isEmpty();
    pipeline.submit();

    assertThat(pipeline.answerTask().getDraft()).isFalse();
  }

  @Test
  void aReleasedDraftWhoseWorkerIsLostBecomesAnAnswer() {
    Task draft = drafted();
    pipeline.claim(draft, "e1");
    pipeline.submit();

    pipeline.pass(Duration.ofSeconds(5));

    Task answer = pipeline.answerTask();
    assertThat(answer.getTaskId()).isEqualTo(draft.getTaskId());
    assertThat(answer.getAttempt()).isEqualTo(2);
    assertThat(answer.getDraft()).isFalse();
  }

  @Test
  void aReleasedDraftIsHistoryOfTheNextTurn() {
    pipeline.run(drafted(), "Tempelhof.");
    pipeline.submit();

    pipeline.type("Why? ");
    pipeline.submit();

    assertThat(pipeline.answerTask().getMessages())
        .extracting(Message::getContent)
        .contains("Tempelhof.");
  }

  private void open() {
    pipeline.open(options().build());
  }

  private static SessionOptions.Builder options() {
    return SessionOptions.newBuilder().setDraftPauseMillis((int) PAUSE.toMillis());
  }

  /** The draft of the question. */
  private Task drafted() {
    open();
    pipeline.type(QUESTION);
    pipeline.pass(PAUSE);
    List<Task> drafts = pipeline.answerTasks();
    assertThat(drafts).hasSize(1);
    return drafts.getFirst();
  }

  private static Control control(Task task, String execution, ControlCommand command) {
    return new Control(task.getTaskId(), task.getAttempt(), execution, command);
  }
}
