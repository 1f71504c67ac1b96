package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prompt is thought about while it is typed, and an edit undoes what rests on it. */
class ThinkingTest {
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
  void aThoughtThatRestsOnAnotherTextIsNone() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);
    Task task = pipeline.inferenceTask();
    pipeline.claim(task, "e1");

    pipeline.concludeForOtherInput(task, "e1", "action inference. Tempelhof is old.");

    assertThat(pipeline.answer(Inferred.class)).isEmpty();
    pipeline.submit();
    assertThat(pipeline.answerTask().getMessages())
        .noneMatch(message -> message.getContent().contains("Tempelhof"));
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
  void anInferenceIsShownToTheClient() {
    pipeline.open();
    pipeline.type(FIRST + SECOND);

    pipeline.run(pipeline.inferenceTask(), "action inference. Tempelhof is old.");

    assertThat(pipeline.answer(Inferred.class).orElseThrow().getText())
        .isEqualTo("Tempelhof is old.");
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
  void aConventionalSessionThinksNothingAhead() {
    pipeline.open(SessionOptions.newBuilder().setMode(Mode.CONVENTIONAL).build());
    pipeline.type(FIRST + SECOND);
    assertThat(pipeline.inferenceTasks()).isEmpty();

    pipeline.submit();

    assertThat(userText(pipeline.answerTask())).isEqualTo(FIRST + SECOND);
  }

  @Test
  void whatArrivesWhileACallRunsGoesIntoTheNextOne() {
    pipeline.open();
    pipeline.type(FIRST + SECOND + FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), "action inference. Four.");

    assertThat(userText(pipeline.inferenceTask())).isEqualTo(FIRST + SECOND + FIRST);
  }

  @Test
  void oneByOneEachSegmentHasACallOfItsOwn() {
    pipeline.open(SessionOptions.newBuilder().setCoalesce(false).build());
    pipeline.type(FIRST + SECOND + FIRST + SECOND);
    pipeline.run(pipeline.inferenceTask(), "action inference. Four.");

    assertThat(userText(pipeline.inferenceTask())).isEqualTo(FIRST + SECOND);
  }

  @Test
  void aBoundaryThatTheClientSetsClosesWhatIsOpen() {
    pipeline.open();
    pipeline.type("no sentence end yet ");

    pipeline.send(new Boundary());

    assertThat(userText(pipeline.inferenceTask())).isEqualTo("no sentence end yet ");
  }

  @Test
  void openTextIsClosedWhenTheTypingPauses() {
    pipeline.open(SessionOptions.newBuilder().setIdleGapMillis(500).build());
    pipeline.type("no sentence end yet ");
    assertThat(pipeline.inferenceTasks()).isEmpty();

    pipeline.pass(Duration.ofSeconds(1));

    assertThat(userText(pipeline.inferenceTask())).isEqualTo("no sentence end yet ");
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
