package io.livemind.cli.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where values come from, the strongest first.
 *
 * @param flags by name without the leading {@code livemind.}
 * @param environment the same
 * @param file the same
 * @param variables of the environment, all of them: a value may refer to one, as in {@code
 *     ${OPENAI_API_KEY}}
 */
public record Sources(
    Map<String, Located> flags,
    Map<String, Located> environment,
    Map<String, Located> file,
    Map<String, String> variables) {

  /**
   * Reads all of them.
   *
   * @param set {@code KEY=VALUE}, with or without the leading {@code livemind.}
   * @param path of the file; empty: what {@code LIVEMIND_CONFIG} names, else none
   * @throws ConfigurationException if one cannot be read
   */
  public static Sources read(List<String> set, Optional<Path> path, Map<String, String> variables) {
    Optional<Path> file =
        path.or(() -> Optional.ofNullable(variables.get("LIVEMIND_CONFIG")).map(Path::of));
    return new Sources(
        flags(set),
        EnvironmentNames.read(variables, Keys.all()),
        file.map(YamlFile::read).orElse(Map.of()),
        variables);
  }

  private static Map<String, Located> flags(List<String> set) {
    Map<String, Located> values = new LinkedHashMap<>();
    for (String assignment : set) {
      int equals = assignment.indexOf('=');
      if (equals < 1)
        throw new ConfigurationException(
            "--set " + assignment + " must be KEY=VALUE, such as --set worker.places=8");
      String name = assignment.substring(0, equals);
      if (name.startsWith(Key.PREFIX)) name = name.substring(Key.PREFIX.length());
      values.put(name, new Located(assignment.substring(equals + 1), "--set " + name));
    }
    return values;
  }
}
