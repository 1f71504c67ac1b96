package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.recording.LmrecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of others become recordings; what cannot be read is told, or counted. */
@SuppressWarnings("NullAway.Init")
class ImportCommandTest {
  @TempDir Path folder;
  private final Console console = new Console();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          research | {"question_id":1,"category":"c","question":"Why?","options":["a"],"answer":"A","arms":{}}
          chat     | {"session":"a","at":1,"role":"user","content":"Why?"}
          prompts  | Why?
          """)
  void aFileOfEachFormatIsImportedAndABadFirstLineIsToldOrCounted(String format, String line)
      throws IOException {
    Path file = folder.resolve("theirs");
    Files.write(file, new byte[] {'x', (byte) 0xe9, '\n'});
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

    assertThat(imported(file, format)).isEqualTo(2);
    assertThat(console.err()).contains("theirs:1: the line is not UTF-8");
    assertThat(imported(file, format, "--skip-bad")).isZero();

    assertThat(console.err())
        .contains("skipped 1 that cannot be read (--skip-bad):")
        .contains("1 recordings written");
    assertThat(LmrecReader.read(target()))
        .singleElement()
        .satisfies(one -> assertThat(one.turns().getFirst().prompt()).startsWith("Why?"));
  }

  @Test
  void theTypistOfPromptsIsChosenAndTheSameAgainWithTheSameSeed() throws IOException {
    Path file = Files.writeString(folder.resolve("theirs"), "What does a kilowatt hour cost?\n");
    String[] typist = {"--characters-per-minute", "400", "--typos", "0.5", "--seed", "7"};

    assertThat(imported(file, "prompts", typist)).isZero();
    var first = LmrecReader.read(target());
    assertThat(imported(file, "prompts", typist)).isZero();

    assertThat(LmrecReader.read(target())).isEqualTo(first);
    assertThat(first.getFirst().turns().getFirst().prompt())
        .isEqualTo("What does a kilowatt hour cost?");
  }

  private int imported(Path file, String format, String... more) {
    String[] all = new String[6 + more.length];
    System.arraycopy(
        new String[] {"import", file.toString(), "--format", format, "--to", target().toString()},
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Livemind.run(console.context(), all);
  }

  private Path target() {
    return folder.resolve("ours.lmrec.gz");
  }
}
