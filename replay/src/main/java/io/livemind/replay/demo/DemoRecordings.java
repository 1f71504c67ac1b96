package io.livemind.replay.demo;

import io.livemind.replay.recording.LmrecReader;
import io.livemind.replay.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recordings of the demo, as they ship on the class path. Each has outputs for the three arms
 * of {@link io.livemind.replay.Arm#demo()}.
 *
 * <p>Threading: stateless.
 */
public final class DemoRecordings {
  /** Names of the files, one a line, in the order in which they are shown. */
  private static final String INDEX = "index.txt";

  private DemoRecordings() {}

  /** All of them, in the order of the index. */
  public static List<Recording> load() {
    return names().flatMap(name -> LmrecReader.read(name, open(name)).stream()).toList();
  }

  private static Stream<String> names() {
    try (InputStream index = open(INDEX)) {
      return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream bytes = DemoRecordings.class.getResourceAsStream(name);
    if (bytes == null) throw new IllegalStateException("the build lacks the resource " + name);
    return bytes;
  }
}
