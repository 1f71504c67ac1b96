package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad recordings cost themselves and no other, where the reader is told to go on. */
@SuppressWarnings("NullAway.Init")
class SkipBadTest {
  private static final int MEGABYTE = 1024 * 1024;

  @TempDir Path folder;
  private final List<RecordingException> skipped = new ArrayList<>();

  @Test
  void aBadEventCostsItsRecordingAndIsToldOnce() throws IOException {
    String bad = sample("bad").replace("\"typed\"", "\"tiped\"");

    assertThat(ids(write(sample("a") + bad + sample("b")))).containsExactly("a", "b");
    assertThat(skipped).hasSize(1);
    assertThat(skipped.getFirst()).hasMessageContaining("file.lmrec:").hasMessageContaining("code");
  }

  @Test
  void anUnfinishedRecordingCostsNotTheOneBehindIt() throws IOException {
    String unfinished = sample("bad").lines().limit(3).reduce("", (all, one) -> all + one + "\n");

    assertThat(ids(write(sample("a") + unfinished + sample("b")))).containsExactly("a", "b");
    assertThat(skipped).hasSize(1);
  }

  @Test
  void aBrokenFirstHeaderCostsItsRecordingAndIsToldOnce() throws IOException {
    String bad = sample("bad").replace("{\"lmrec\"", "{\"lmrec");

    assertThat(ids(write(bad + sample("a") + sample("b")))).containsExactly("a", "b");
    assertThat(skipped).hasSize(1);
    assertThat(skipped.getFirst()).hasMessageContaining("file.lmrec:1: the line is not JSON");
  }

  @Test
  void eventsWithoutAHeaderAtTheBeginningAreToldOnce() throws IOException {
    String events = sample("bad").substring(sample("bad").indexOf('\n') + 1);

    assertThat(ids(write(events + sample("a")))).containsExactly("a");
    assertThat(skipped).hasSize(1);
    assertThat(skipped.getFirst()).hasMessageContaining("the format is unknown");
  }

  @Test
  void anUnknownVersionCostsItsRecording() throws IOException {
    String later = sample("bad").replace("\"lmrec\":1", "\"lmrec\":2");

    assertThat(ids(write(sample("a") + later + sample("b")))).containsExactly("a", "b");
    assertThat(skipped.getFirst()).hasMessageContaining("version 2");
  }

  @Test
  void aLineOf100MegabytesIsPassedOverWithoutBeingHeld() throws IOException {
    Path file = folder.resolve("file.lmrec");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(sample("a").getBytes(StandardCharsets.UTF_8));
      byte[] megabyte = new byte[MEGABYTE];
      Arrays.fill(megabyte, (byte) 'x');
      for (int i = 0; i < 100; i++) out.write(megabyte);
      out.write(("\n" + sample("b")).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(ids(file)).containsExactly("b");
    assertThat(skipped.getFirst()).hasMessageContaining("longer than");
  }

  @Test
  void truncatedGzipGivesWhatIsWhole() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes, 512, true)) {
      String last = sample("b");
      int header = last.indexOf('\n') + 1;
      zip.write((sample("a") + last.substring(0, header)).getBytes(StandardCharsets.UTF_8));
      zip.flush();
      zip.write(last.substring(header).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Path file = folder.resolve("file.lmrec");
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));

    assertThatThrownBy(() -> RecordingFile.read(file)).hasMessageContaining("truncated");
    assertThat(ids(file)).containsExactly("a");
    assertThat(skipped).hasSize(1);
  }

  @Test
  void aFileWithNothingGoodIsAnErrorAllTheSame() throws IOException {
    Path file = write(sample("bad").replace("\"typed\"", "\"tiped\""));

    assertThatThrownBy(() -> RecordingFile.read(file, skipped::add))
        .hasMessageContaining("holds no recording");
  }

  private List<String> ids(Path file) {
    return RecordingFile.read(file, skipped::add).stream().map(Recording::id).toList();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file.lmrec"), text);
  }

  private static String sample(String id) {
    return LmrecWriter.write(Samples.recording(id));
  }
}
