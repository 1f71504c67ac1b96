package io.livemind.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A rolling upgrade finds what the version before has stored. {@code session-of-version-1.txt} was
 * written by the build of 2026-11-23: its keys and values, in the middle of a second turn, with one
 * inference remembered and another one running.
 */
class EarlierVersionTest {
  private static final String TYPED =
      "And the newest? It opened late. Where does it lie? Not in the city.";

  @Test
  void aSessionGoesOnWhereTheVersionBeforeLeftIt() throws IOException {
    try (var pipeline = PipelineDriver.restored(store(), 1)) {
      pipeline.pass(Duration.ofSeconds(11));
      Task again = pipeline.inferenceTask();
      assertThat(again.getMessages())
          .extracting(Message::getContent)
          .contains("Tempelhof.", "action inference. The newest one is Brandenburg.");
      pipeline.run(again, "action inference. It lies outside.");
      assertThat(pipeline.answer(Inferred.class).orElseThrow().getText())
          .isEqualTo("It lies outside.");

      pipeline.sendOfWriter(2, 0, new Append("the city."));
      pipeline.sendOfWriter(2, 1, new Submit(TYPED.length(), TextHash.of(TYPED)));

      Task answer = pipeline.answerTask();
      assertThat(AnswerCue.strip(answer.getMessages().getLast().getContent()))
          .endsWith("Not in the city.");
      pipeline.run(answer, "In Schoenefeld.");
      assertThat(pipeline.answer(Completed.class).orElseThrow().getText())
          .isEqualTo("In Schoenefeld.");
    }
  }

  private static Map<String, byte[]> store() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var file =
        EarlierVersionTest.class.getResourceAsStream("state/session-of-version-1.txt")) {
      for (String line : new String(file.readAllBytes(), UTF_8).lines().toList()) {
        int space = line.indexOf(' ');
        entries.put(
            line.substring(0, space), Base64.getDecoder().decode(line.substring(space + 1)));
      }
    }
    return entries;
  }
}
