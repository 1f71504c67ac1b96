package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may send and nobody expects. */
class PromptEdgesTest {
  private static final String SENTENCE = "Berlin has four airports. ";

  private final PipelineDriver pipeline = new PipelineDriver();

  @BeforeEach
  void open() {
    pipeline.open();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aHundredThousandCharactersPastedAtOnceAreThoughtAboutInOneCall() {
    String text = SENTENCE.repeat(3_900);

    pipeline.send(new Append(text));

    List<Task> tasks = pipeline.inferenceTasks();
    assertThat(tasks).hasSize(1);
    assertThat(typed(tasks.getFirst())).hasSizeGreaterThan(100_000);
    pipeline.send(new Submit(text.length(), TextHash.of(text)));
    assertThat(typed(pipeline.answerTask())).isEqualTo(text);
  }

  @Test
  void aPromptWithoutAnySeparatorIsCutBySize() {
    pipeline.send(new Append("x".repeat(5_500)));

    assertThat(pipeline.answers())
        .filteredOn(SegmentClosed.class::isInstance)
        .hasSize(5)
        .allSatisfy(
            closed -> assertThat(((SegmentClosed) closed).getClosedBy()).isEqualTo(ClosedBy.SIZE));
  }

  @Test
  void aSecondSubmitIsAnEmptyPromptOfTheNextTurn() {
    pipeline.type(SENTENCE);
    pipeline.submit();

    pipeline.submit();

    assertThat(codes()).containsExactly("empty_prompt");
    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void anEditAfterSubmitBelongsToTheNextTurn() {
    pipeline.type(SENTENCE);
    pipeline.submit();

    pipeline.sendOfTurn(0, new Replace(0, 6, "Paris"));

    assertThat(codes()).containsExactly("wrong_turn");
    assertThat(typed(pipeline.answerTask())).isEqualTo(SENTENCE);
  }

  @Test
  void aThirdPromptWaitsUntilTheFirstTurnHasEnded() {
    pipeline.type(SENTENCE);
    pipeline.submit();
    Task first = pipeline.answerTask();
    pipeline.claim(first, "e1");
    pipeline.type(SENTENCE);
    pipeline.submit();

    pipeline.type("What follows?");
    pipeline.submit();
    pipeline.type("And then?");

    assertThat(codes()).isEmpty();
    pipeline.conclude(first, "e1", "Stopped");
    assertThat(typed(pipeline.answerTask())).endsWith(SENTENCE);
    pipeline.pass(Duration.ofMillis(100));
    Task third = pipeline.answerTask();
    assertThat(typed(third)).endsWith("What follows?");
    pipeline.run(third, "That.");
    pipeline.submit();
    assertThat(typed(pipeline.answerTask())).endsWith("And then?");
  }

  @Test
  void moreTextThanIsAllowedIsRefusedAndNothingElse() {
    pipeline.send(new Append("x".repeat(131_073)));
    pipeline.send(new Append("x".repeat(131_072)));
    pipeline.send(new Append("x".repeat(131_072)));
    pipeline.send(new Append("x"));

    assertThat(pipeline.answers())
        .filteredOn(Rejected.class::isInstance)
        .extracting(event -> ((Rejected) event).getCode() + " " + ((Rejected) event).getLimit())
        .containsExactly(
            "fragment_too_large Optional[131072]", "prompt_too_large Optional[262144]");
  }

  @Test
  void anEditInsideASurrogatePairIsRefused() {
    pipeline.send(new Append("\ud83d\ude00"));

    pipeline.send(new Replace(1, 0, "x"));

    assertThat(codes()).containsExactly("bad_position");
  }

  @Test
  void aNewerWriterTakesOverAndTheOlderIsToldSo() {
    pipeline.type("One ");
    pipeline.sendOfWriter(2, 0, new Append("two. "));

    pipeline.send(new Append("three "));

    assertThat(codes()).containsExactly("not_writer");
    pipeline.sendOfWriter(2, 1, new Submit(9, TextHash.of("One two. ")));
    assertThat(typed(pipeline.answerTask())).isEqualTo("One two. ");
  }

  private List<String> codes() {
    return pipeline.answers().stream()
        .filter(Rejected.class::isInstance)
        .map(rejected -> ((Rejected) rejected).getCode())
        .toList();
  }

  private static String typed(Task task) {
    return task.getMessages().stream()
        .filter(message -> message.getRole() == Role.USER)
        .map(message -> AnswerCue.strip(message.getContent()))
        .collect(Collectors.joining());
  }
}
