package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions with the same options share them in memory; each is answered with its own. */
class SharedOptionsTest {
  private static final String ANNA = "session-of-anna-1";
  private static final String BEN = "session-of-ben-12";
  private static final String CLARA = "session-of-clara-1";
  private static final SessionOptions USUAL = SessionOptions.newBuilder().build();
  private static final SessionOptions SMALL =
      SessionOptions.newBuilder().setOutputModel("small").build();

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void eachSessionIsAnsweredWithItsOwnOptions() {
    begin(ANNA, USUAL);
    begin(BEN, SMALL);
    begin(CLARA, USUAL);

    submit(ANNA);
    submit(BEN);
    submit(CLARA);

    assertThat(models()).containsExactly("large", "small", "large");
  }

  @Test
  void afterARestartToo() {
    begin(ANNA, USUAL);
    begin(BEN, SMALL);
    pipeline.commit();
    pipeline.restart(new Random(1));

    submit(BEN);
    submit(ANNA);

    assertThat(models()).containsExactly("small", "large");
  }

  private void begin(String session, SessionOptions options) {
    pipeline.sendTo(session, 0, new Open(options, ""));
    pipeline.sendTo(session, 1, new Append("Why?"));
  }

  private void submit(String session) {
    pipeline.sendTo(session, 2, new Submit(4, TextHash.of("Why?")));
  }

  private List<String> models() {
    return pipeline.answerTasks().stream().map(Task::getModel).toList();
  }
}
