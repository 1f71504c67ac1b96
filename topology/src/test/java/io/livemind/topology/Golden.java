package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was reviewed; {@code -Dgolden.write=true} writes it anew. */
final class Golden {
  static final Path FOLDER = Path.of("src", "test", "resources", "io", "livemind", "topology");

  private Golden() {}

  static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("golden.write")) Files.writeString(file, text);
    assertThat(file).exists().content().isEqualTo(text);
  }
}
