package io.livemind.integration.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** What stands in a Compose file of the repository: the tests start what users start. */
final class ComposeFile {
  static final Path FOLDER = Path.of("..", "docker").toAbsolutePath().normalize();

  private ComposeFile() {}

  /** Variables of a service, of a later file over those of an earlier one. */
  static Map<String, String> environment(String service, String... files) {
    Map<String, String> merged = new TreeMap<>();
    for (String file : files)
      map(map(map(read(FOLDER.resolve(file)).get("services")).get(service)).get("environment"))
          .forEach((name, value) -> merged.put(name, String.valueOf(value)));
    return merged;
  }

  /** Variables of a file of lines {@code NAME=VALUE}. */
  static Map<String, String> variables(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static Map<String, Object> read(Path file) {
    try {
      // Compose's own tag, which says that a list is to be empty.
      return map(new Yaml().load(Files.readString(file).replace("!reset", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
