package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A reader resumes a session at any answers partition. The driver shows what is written to
 * partition 0.
 */
class MovingSessionsTest {
  private static final String FIRST = "Berlin has four airports. ";
  private static final String OPEN = "Which one is";

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aResumedSessionIsShownAsItStands() {
    pipeline.open();
    pipeline.type("Hello. ");
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Hi.");
    pipeline.type(FIRST + OPEN);
    pipeline.run(pipeline.inferenceTask(), "action inference. Four.");

    pipeline.resume(0, "r1");

    Snapshot snapshot = pipeline.answer(Snapshot.class).orElseThrow();
    assertThat(snapshot.getRequest()).isEqualTo("r1");
    assertThat(snapshot.getTypedTurn()).isEqualTo(1);
    assertThat(snapshot.getNextSequence()).isEqualTo(10);
    assertThat(snapshot.getSegments()).containsExactly(FIRST);
    assertThat(snapshot.getOpenText()).isEqualTo(OPEN);
    assertThat(snapshot.getMemory()).extracting("text").containsExactly("Four.");
    assertThat(snapshot.getTurns()).hasSize(1);
    assertThat(snapshot.getTurns().getFirst().getPrompt()).isEqualTo("Hello. ");
    assertThat(snapshot.getTurns().getFirst().getAnswer()).isEqualTo("Hi.");
    assertThat(snapshot.getAnswering()).isFalse();
    assertThat(snapshot.getAnswersPartition()).isEqualTo(0);
  }

  @Test
  void aSessionMovesAtOnceWhileNoAnswerStreams() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.answers();

    pipeline.resume(1, "r1");
    pipeline.type(OPEN);

    assertThat(pipeline.answers()).containsExactly(new Moved(1));
  }

  @Test
  void aSessionMovesWhenTheAnswerThatStreamsHasEnded() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    pipeline.answers();

    pipeline.resume(1, "r1");
    assertThat(pipeline.answers()).isEmpty();
    pipeline.conclude(answer, "e1", "Four.");

    List<Object> last = pipeline.answers();
    assertThat(last).hasSize(2);
    assertThat(last.getFirst()).isInstanceOf(Completed.class);
    assertThat(last.getLast()).isEqualTo(new Moved(1));
  }

  @Test
  void aReaderThatComesWhileAnAnswerStreamsIsToldWhereTheRestComes() {
    pipeline.open();
    pipeline.resume(1, "r1");
    pipeline.type(FIRST);
    pipeline.submit();
    pipeline.claim(pipeline.answerTask(), "e1");

    pipeline.resume(0, "r2");

    Snapshot snapshot = pipeline.answer(Snapshot.class).orElseThrow();
    assertThat(snapshot.getAnswering()).isTrue();
    assertThat(snapshot.getAnswersPartition()).isEqualTo(1);
  }

  @Test
  void aSessionMovesWhenTheDraftThatIsMadeHasEnded() {
    pipeline.open(SessionOptions.newBuilder().setDraftPauseMillis(1_000).build());
    pipeline.type(FIRST);
    pipeline.pass(Duration.ofSeconds(1));
    Task draft = pipeline.answerTask();
    pipeline.claimAsking(draft, "e1");
    pipeline.answers();

    pipeline.resume(1, "r1");
    assertThat(pipeline.answers()).isEmpty();
    pipeline.submit();
    assertThat(pipeline.answer(Moved.class)).isEmpty();
    pipeline.conclude(draft, "e1", "Four.");

    assertThat(pipeline.answers()).last().isEqualTo(new Moved(1));
  }

  @Test
  void typingDropsTheDraftThatHeldAMoveUp() {
    pipeline.open(SessionOptions.newBuilder().setDraftPauseMillis(1_000).build());
    pipeline.type(FIRST);
    pipeline.pass(Duration.ofSeconds(1));
    pipeline.claimAsking(pipeline.answerTask(), "e1");
    pipeline.resume(1, "r1");
    pipeline.answers();

    pipeline.type(OPEN);

    assertThat(pipeline.answers()).last().isEqualTo(new Moved(1));
  }

  @Test
  void aSessionThatIsNotThereIsToldToWhoeverResumesIt() {
    pipeline.resume(0, "r1");

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode())
        .isEqualTo("session_unknown");
  }

  @Test
  void aWorkerThatDoubtsItsClockIsGrantedAnAnswer() {
    pipeline.open();
    pipeline.type(FIRST);
    pipeline.submit();
    Task answer = pipeline.answerTask();

    pipeline.claimAsking(answer, "e1");

    assertThat(pipeline.control())
        .containsExactly(
            new Control(answer.getTaskId(), answer.getAttempt(), "e1", ControlCommand.GRANT));
  }
}
