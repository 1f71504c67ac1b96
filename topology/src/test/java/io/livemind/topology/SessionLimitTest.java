package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many sessions a partition holds in memory is bounded. */
class SessionLimitTest {
  private static final String FURTHER = "session-further-one";
  private static final Open OPEN = new Open(SessionOptions.newBuilder().build(), "");

  private final PipelineDriver pipeline =
      new PipelineDriver(config -> config.storing(store -> store.holding(1)));

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void aSessionBeyondTheLimitIsRefusedByName() {
    pipeline.open();
    pipeline.answers();

    pipeline.sendTo(FURTHER, OPEN);

    assertThat(pipeline.answer(Rejected.class).orElseThrow().getCode())
        .isEqualTo("too_many_sessions");
    assertThat(pipeline.storedKeys()).noneMatch(key -> key.startsWith(FURTHER));
  }

  @Test
  void aSessionThatIsThereGoesOnAtTheLimit() {
    pipeline.open();
    pipeline.type("Which airport is closest? ");
    pipeline.submit();

    assertThat(pipeline.answerTasks()).hasSize(1);
  }

  @Test
  void aDeletedSessionMakesPlaceWhenItIsForgotten() {
    pipeline.open();
    pipeline.send(new Delete());
    pipeline.answers();

    pipeline.sendTo(FURTHER, OPEN);
    assertThat(pipeline.answer(Rejected.class)).isPresent();
    pipeline.pass(Duration.ofMinutes(61));
    pipeline.sendTo(FURTHER, OPEN);

    assertThat(pipeline.answer(Opened.class)).isPresent();
  }

  @Test
  void aSessionThatWasDeletedBeforeARestartIsForgottenAfterIt() {
    pipeline.open();
    pipeline.send(new Delete());
    pipeline.commit();

    pipeline.restart(new Random(1));
    pipeline.pass(Duration.ofMinutes(61));

    assertThat(pipeline.storedKeys()).isEmpty();
  }
}
