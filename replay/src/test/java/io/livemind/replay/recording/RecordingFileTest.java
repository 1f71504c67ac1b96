package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
  private static final int HUNDRED_MEGABYTES = 100_000_000;

  private final Path folder;

  RecordingFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void plainAndZippedFilesGiveTheSameWhateverTheirName() throws IOException {
    Recording recording = Samples.twoTurns("a");
    byte[] bytes = LmrecWriter.write(recording).getBytes(StandardCharsets.UTF_8);

    assertThat(RecordingFile.read(file("plain.gz", bytes))).containsExactly(recording);
    assertThat(RecordingFile.read(file("zipped.lmrec", zip(bytes)))).containsExactly(recording);
  }

  @Test
  void aTruncatedZipIsNamedAsSuch() throws IOException {
    byte[] whole = zip(LmrecWriter.write(Samples.twoTurns("a")).getBytes(StandardCharsets.UTF_8));
    Path cut = file("cut.gz", Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> RecordingFile.read(cut))
        .isInstanceOf(RecordingException.class)
        .hasMessageStartingWith(cut + ":")
        .hasMessageContaining("truncated");
  }

  @Test
  void aDamagedZipIsNamedAsSuch() throws IOException {
    byte[] whole = zip(LmrecWriter.write(Samples.twoTurns("a")).getBytes(StandardCharsets.UTF_8));
    Arrays.fill(whole, 12, 40, (byte) 0xff);
    Path damaged = file("damaged.gz", whole);

    assertThatThrownBy(() -> RecordingFile.read(damaged))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("gzip data is damaged");
  }

  @Test
  void whatCannotBeOpenedIsNamed() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> RecordingFile.read(missing))
        .isInstanceOf(RecordingException.class)
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> RecordingFile.read(folder)).hasMessage(folder + ": is a directory");
  }

  @Test
  void anEmptyFileAndAForeignFormatAreRefused() throws IOException {
    Path empty = file("empty", new byte[0]);
    Path foreign = file("foreign", "{\"version\": 2}\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> RecordingFile.read(empty)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> RecordingFile.read(foreign))
        .hasMessage(
            foreign
                + ":1: the format is unknown: the first line must be an lmrec header or a question"
                + " of the published results");
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithItsLine() throws IOException {
    Path file = file("latin1", new byte[] {'\n', '{', (byte) 0xe9, '}', '\n'});

    assertThatThrownBy(() -> RecordingFile.read(file))
        .hasMessage(file + ":2: the line is not UTF-8");
  }

  @Test
  void aLineOf100MegabytesIsRefusedAfterItsFirst4() {
    var endless =
        new InputStream() {
          private int read;

          @Override
          public int read() {
            return read++ < HUNDRED_MEGABYTES ? 'x' : -1;
          }
        };

    assertThatThrownBy(() -> LmrecReader.read("long", endless))
        .isInstanceOf(RecordingException.class)
        .hasMessage("long:1: the line is longer than 4194304 bytes");
    assertThat(endless.read).isLessThan(5_000_000);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(zipped)) {
      stream.write(bytes);
    }
    return zipped.toByteArray();
  }
}
