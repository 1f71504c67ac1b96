package io.livemind.replay.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.RecordingException;
import io.livemind.replay.recording.RecordingFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is imported: bad bytes are told with file, line and reason, or cost themselves. */
@SuppressWarnings("NullAway.Init")
class BadBytesTest {
  private static final int MEGABYTE = 1024 * 1024;
  private static final Consumer<RecordingException> NEVER =
      problem -> {
        throw problem;
      };

  @TempDir Path folder;
  private final List<RecordingException> skipped = new ArrayList<>();

  /** What can be imported, a recording or a message a line. */
  enum Format {
    RESEARCH {
      @Override
      String line(int number) {
        return """
            {"question_id":%d,"category":"law","question":"Why?","options":["a"],"answer":"A",\
            "arms":{}}
            """
            .formatted(number);
      }

      @Override
      List<Recording> read(Path file, Consumer<RecordingException> bad) {
        return RecordingFile.read(file, bad);
      }
    },
    CHAT {
      @Override
      String line(int number) {
        return """
            {"session":"s%d","at":%1$d,"role":"user","content":"Why?"}
            """
            .formatted(number);
      }

      @Override
      List<Recording> read(Path file, Consumer<RecordingException> bad) {
        return ChatLogImporter.read(file, TypingModel.AVERAGE, bad);
      }
    },
    PROMPTS {
      @Override
      String line(int number) {
        return "Why " + number + "?\n";
      }

      @Override
      List<Recording> read(Path file, Consumer<RecordingException> bad) {
        return PromptImporter.read(file, TypingModel.AVERAGE, bad);
      }
    };

    abstract String line(int number);

    abstract List<Recording> read(Path file, Consumer<RecordingException> bad);
  }

  @ParameterizedTest
  @EnumSource
  void truncatedGzipGivesTheLinesThatAreWhole(Format format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes, 512, true)) {
      zip.write(utf8(format.line(1)));
      zip.flush();
      zip.write(utf8(format.line(2)));
    }
    byte[] whole = bytes.toByteArray();
    Path file = folder.resolve("file");
    Files.write(file, Arrays.copyOf(whole, whole.length - 12));

    assertToldAndPassedOver(format, file, 1, "file:2: the gzip data ends too early");
  }

  @ParameterizedTest
  @EnumSource
  void aLineOf100MegabytesIsPassedOver(Format format) throws IOException {
    Path file = folder.resolve("file");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      byte[] megabyte = new byte[MEGABYTE];
      Arrays.fill(megabyte, (byte) 'x');
      for (int i = 0; i < 100; i++) out.write(megabyte);
      out.write(utf8("\n" + format.line(1) + format.line(2)));
    }

    assertToldAndPassedOver(format, file, 2, "file:1: the line is longer than");
  }

  @ParameterizedTest
  @EnumSource
  void aLineThatIsNotUtf8IsPassedOver(Format format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(utf8(format.line(1)));
    bytes.write(new byte[] {'x', (byte) 0xe9, 'y', '\n'});
    bytes.write(utf8(format.line(3)));
    Path file = folder.resolve("file");
    Files.write(file, bytes.toByteArray());

    assertToldAndPassedOver(format, file, 2, "file:2: the line is not UTF-8");
  }

  private void assertToldAndPassedOver(Format format, Path file, int good, String reason) {
    assertThatThrownBy(() -> format.read(file, NEVER))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(reason);
    assertThat(format.read(file, skipped::add)).hasSize(good);
    assertThat(skipped).hasSize(1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
