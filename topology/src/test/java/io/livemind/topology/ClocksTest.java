package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Failed;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another instance takes over whose clock goes wrong, or the clock of the machine was set. */
class ClocksTest {
  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-PT1M", "PT1M"})
  void anAnswerThatRunsIsTaken(String ahead) {
    Task answer = askedAndClaimed();

    pipeline.restartWithClock(Duration.parse(ahead));
    pipeline.conclude(answer, "e1", "Tempelhof.");

    assertThat(pipeline.answer(Completed.class).orElseThrow().getText()).isEqualTo("Tempelhof.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-PT1M", "PT1M"})
  void aWorkerThatFellSilentIsNoticedInTime(String ahead) {
    Task answer = askedAndClaimed();

    pipeline.restartWithClock(Duration.parse(ahead));
    pipeline.pass(Duration.ofSeconds(1));
    pipeline.pass(Duration.ofSeconds(5));

    assertThat(pipeline.answerTask().getAttempt()).isEqualTo(answer.getAttempt() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT1H"})
  void typingGoesOn(String ahead) {
    pipeline.open();
    pipeline.type("Berlin has four airports. ");

    pipeline.restartWithClock(Duration.parse(ahead));
    pipeline.type("Which one is the oldest?");
    pipeline.submit();

    pipeline.run(pipeline.answerTask(), "Tempelhof.");
    assertThat(pipeline.answer(Completed.class)).isPresent();
  }

  @Test
  void aClockBeyondTheDeadlineEndsTheTurnWithTheErrorOfTheDeadline() {
    askedAndClaimed();

    pipeline.restartWithClock(Duration.ofHours(1));
    pipeline.pass(Duration.ofSeconds(1));

    assertThat(pipeline.answer(Failed.class).orElseThrow().getCode()).isEqualTo("turn_deadline");
  }

  private Task askedAndClaimed() {
    pipeline.open();
    pipeline.type("Which airport is the oldest?");
    pipeline.submit();
    Task answer = pipeline.answerTask();
    pipeline.claim(answer, "e1");
    return answer;
  }
}
