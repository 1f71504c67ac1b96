package io.livemind.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.workers.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of the model servers show is a configuration that works as it stands. */
class ProviderPagesTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final String SECRET = "a-key";

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../docs/providers"))) {
      return files.filter(file -> !file.endsWith("README.md")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theExampleOfAPageConfiguresAWorker(Path page, @TempDir Path folder) throws IOException {
    String text = Files.readString(page);
    List<String> examples = EXAMPLE.matcher(text).results().map(found -> found.group(1)).toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      Path file = Files.writeString(folder.resolve("livemind.yaml"), example);
      Map<String, String> environment =
          VARIABLE
              .matcher(example)
              .results()
              .map(found -> found.group(1))
              .distinct()
              .collect(Collectors.toMap(Function.identity(), _ -> SECRET));

      WorkerConfig config =
          WorkerSettings.of(
              Settings.of(
                  Sources.read(
                      List.of("kafka.bootstrap.servers=kafka:9092"),
                      Optional.of(file),
                      environment)));

      assertThat(config.replicas())
          .isNotEmpty()
          .allSatisfy(replica -> assertThat(replica.key().isPresent()).isEqualTo(hasKey(example)));
    }
  }

  private static boolean hasKey(String example) {
    return VARIABLE.matcher(example).find();
  }
}
