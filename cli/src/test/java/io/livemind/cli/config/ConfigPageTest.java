package io.livemind.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPageTest {
  private final Path folder;

  ConfigPageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void thePageInTheDocumentationIsThatOfTheProgram() throws IOException {
    assertThat(Path.of("../docs/configuration.md"))
        .as("./livemind config doc > docs/configuration.md")
        .hasContent(ConfigPage.format());
  }

  @Test
  void theExampleFileIsReadWithoutComplaintAlsoWhenItsLinesAreLetIn() throws IOException {
    String example = ConfigPage.example();
    String uncommented =
        example
            .lines()
            .skip(1)
            .map(line -> line.replaceFirst("# ", ""))
            .filter(line -> !line.contains("…"))
            .reduce("", (text, line) -> text + line + "\n");
    Path file = Files.writeString(folder.resolve("all.yaml"), uncommented);

    Settings settings = Settings.of(Sources.read(List.of(), Optional.of(file), Map.of()));

    assertThat(settings.given()).hasSizeGreaterThan(40);
  }

  @Test
  void everyKeyIsToldOnce() {
    assertThat(Keys.all().stream().map(Key::name)).doesNotHaveDuplicates();
  }
}
