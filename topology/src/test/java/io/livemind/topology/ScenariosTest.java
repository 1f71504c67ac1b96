package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of the folder tells a session; played again it must read the same. */
class ScenariosTest {
  private static final Path FOLDER = Golden.FOLDER.resolve("scenarios");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void theSessionGoesAsItIsTold(Path file) throws IOException {
    Golden.check(file, Scenario.played(Files.readString(file)));
  }

  @Test
  void thereAreScenarios() throws IOException {
    assertThat(files()).hasSizeGreaterThan(5);
  }
}
