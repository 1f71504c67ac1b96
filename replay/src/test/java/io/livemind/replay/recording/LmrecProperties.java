package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.replay.JsonSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LmrecProperties {

  @Property
  void whatIsReadIsWhatWasWritten(@ForAll("recordings") Recording recording) {
    assertThat(LmrecReader.read("file", bytes(LmrecWriter.write(recording))))
        .containsExactly(recording);
  }

  @Property
  void severalRecordingsInOneFileStayApart(
      @ForAll("recordings") Recording first, @ForAll("recordings") Recording second) {
    String file = LmrecWriter.write(first) + "\n" + LmrecWriter.write(second);

    assertThat(LmrecReader.read("file", bytes(file))).isEqualTo(List.of(first, second));
  }

  @Property(tries = 200)
  void everyLineConformsToThePublishedSchema(@ForAll("recordings") Recording recording)
      throws IOException {
    var schema = JsonSchema.beside(LmrecReader.class, "lmrec.schema.json");
    var json = new ObjectMapper();
    for (String line : LmrecWriter.write(recording).split("\n"))
      assertThat(schema.check(json.readTree(line))).as(line).isEmpty();
  }

  @Property(tries = 200)
  void aLostTypingLineIsNoticed(@ForAll("recordings") Recording recording) {
    var lines = LmrecWriter.write(recording).lines().toList();
    int lost = 2;
    String rest =
        String.join("\n", lines.subList(0, lost))
            + "\n"
            + String.join("\n", lines.subList(lost + 1, lines.size()));

    assertThat(catchThrowable(() -> LmrecReader.read("file", bytes(rest))))
        .isInstanceOf(RecordingException.class);
  }

  @Provide
  Arbitrary<Recording> recordings() {
    return RecordingArbitraries.recordings();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
