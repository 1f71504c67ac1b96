package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A session that is deleted or left alone leaves nothing behind. */
class SessionEndTest {
  private static final String DELETED = PipelineDriver.SESSION + "|deleted";
  private static final Moved GONE = new Moved(-1);

  private final PipelineDriver pipeline = new PipelineDriver();

  @BeforeEach
  void twoTurns() {
    pipeline.open();
    pipeline.type("Berlin has four airports. Which one is the oldest?");
    pipeline.run(pipeline.inferenceTask(), "action inference. Tempelhof.");
    pipeline.submit();
    pipeline.run(pipeline.answerTask(), "Tempelhof.");
    pipeline.type("And the largest? By area");
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void ofADeletedSessionNothingIsLeftButThatItWasDeleted() {
    assertThat(pipeline.storedKeys()).hasSizeGreaterThan(3);

    pipeline.send(new Delete());

    assertThat(pipeline.storedKeys()).containsExactly(DELETED);
  }

  @RepeatedTest(12)
  void whereverTheInstanceIsCutOffWhileItDeletesNothingIsLeft(RepetitionInfo repetition) {
    pipeline.commit();
    pipeline.send(new Delete());

    pipeline.restart(new Random(repetition.getCurrentRepetition()));

    assertThat(pipeline.storedKeys()).isSubsetOf(DELETED);
  }

  @Test
  void thatItWasDeletedIsForgottenWhenItsFragmentsHaveLeftTheLog() {
    pipeline.send(new Delete());

    pipeline.pass(Duration.ofMinutes(61));

    assertThat(pipeline.storedKeys()).isEmpty();
  }

  @Test
  void aFragmentOnItsWayDoesNotBringItBack() {
    pipeline.send(new Delete());

    pipeline.send(new Open(SessionOptions.newBuilder().build(), ""));
    pipeline.send(new Append("late "));

    assertThat(pipeline.storedKeys()).containsExactly(DELETED);
    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode())
        .isEqualTo("session_unknown");
  }

  @Test
  void itsReadersAreToldAndNothingOfItFollows() {
    pipeline.run(pipeline.inferenceTask(), "action wait.");
    pipeline.answers();

    pipeline.send(new Delete());
    pipeline.pass(Duration.ofMinutes(2));

    assertThat(pipeline.answers()).containsExactly(GONE);
  }

  @Test
  void readersOfASessionThatExpiresAreToldToo() {
    pipeline.run(pipeline.inferenceTask(), "action wait.");
    pipeline.answers();

    pipeline.jump(Duration.ofHours(25));

    assertThat(pipeline.answers()).containsExactly(GONE);
  }

  @Test
  void whoeverDeletesItAgainIsToldAgain() {
    pipeline.send(new Delete());
    pipeline.answers();

    pipeline.send(new Delete());

    assertThat(pipeline.answers()).containsExactly(GONE);
  }

  @RepeatedTest(12)
  void whereverTheInstanceIsCutOffWhileItDeletesItsReadersAreTold(RepetitionInfo repetition) {
    pipeline.commit();
    pipeline.send(new Delete());

    pipeline.restart(new Random(repetition.getCurrentRepetition()));

    assertThat(pipeline.answers()).contains(GONE);
  }

  @Test
  void theReaderThatASessionWasGoingToIsToldWhileAnAnswerStreamsElsewhere() {
    pipeline.run(pipeline.inferenceTask(), "action wait.");
    pipeline.resume(1, "r1");
    pipeline.submit();
    pipeline.claim(pipeline.answerTask(), "e1");
    pipeline.resume(0, "r2");
    pipeline.answers();

    pipeline.send(new Delete());

    assertThat(pipeline.answers()).containsExactly(GONE);
  }

  @Test
  void aDeletionOfTheHighestWriterIsTakenWhoeverWritesAndWhateverIsMissing() {
    pipeline.sendOfWriter(Long.MAX_VALUE - 1, 0, new Append("more. "));
    pipeline.sendOfWriter(Long.MAX_VALUE - 1, 7, new Append("behind a gap"));

    pipeline.sendOfWriter(Long.MAX_VALUE, 0, new Delete());

    assertThat(pipeline.storedKeys()).containsExactly(DELETED);
  }

  @Test
  void whatItHadInFlightIsCancelled() {
    Task thinking = pipeline.inferenceTask();
    pipeline.claim(thinking, "e1");
    pipeline.control();

    pipeline.send(new Delete());

    assertThat(pipeline.control())
        .containsExactly(
            new Control(thinking.getTaskId(), thinking.getAttempt(), "e1", ControlCommand.CANCEL));
  }

  @Test
  void aSessionInWhichNothingHappensExpires() {
    pipeline.run(pipeline.inferenceTask(), "action wait.");

    pipeline.jump(Duration.ofHours(25));

    assertThat(pipeline.storedKeys()).containsExactly(DELETED);
  }
}
