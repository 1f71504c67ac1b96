package io.livemind.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchDirectoryTest {

  @Test
  void goesWithAllThatWasPutIntoIt() throws Exception {
    Path path;
    try (var directory = ScratchDirectory.create()) {
      path = directory.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/file"), "text");
      assertThat(path).isDirectory();
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void mayBeClosedAgain() {
    var directory = ScratchDirectory.create();
    directory.close();

    directory.close();

    assertThat(directory.path()).doesNotExist();
  }
}
