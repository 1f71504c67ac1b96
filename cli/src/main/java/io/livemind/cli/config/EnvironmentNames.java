package io.livemind.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the names of environment variables to names of keys: {@code LIVEMIND_WORKER_PLACES} is
 * {@code worker.places}. In the place of a star stands a name of the deployment's own, whose
 * underscores become hyphens.
 */
final class EnvironmentNames {
  private static final String PREFIX = "LIVEMIND_";

  /** Of the launcher and of commands; they configure no role. */
  private static final Set<String> OTHERS =
      Set.of(
          "LIVEMIND_CONFIG",
          "LIVEMIND_JAVA_HOME",
          "LIVEMIND_JDK_FOLDERS",
          "LIVEMIND_JAVA_OPTS",
          "LIVEMIND_MAVEN_ARGS",
          "LIVEMIND_LLM_API_KEY",
          "LIVEMIND_SLM_API_KEY",
          "LIVEMIND_TOKEN");

  private EnvironmentNames() {}

  /**
   * The values that variables give.
   *
   * @throws ConfigurationException if a variable that begins as ours is none
   */
  static Map<String, Located> read(Map<String, String> environment, List<Key<?>> keys) {
    Map<String, Located> values = new TreeMap<>();
    environment.forEach(
        (variable, value) -> {
          if (!variable.startsWith(PREFIX) || OTHERS.contains(variable)) return;
          String name =
              name(variable, keys)
                  .orElseThrow(
                      () ->
                          new ConfigurationException(
                              "environment variable "
                                  + variable
                                  + " is no known key: `livemind config doc` lists them; unset it"
                                  + " if something else set it"));
          values.put(name, new Located(value, "environment variable " + variable));
        });
    return values;
  }

  private static Optional<String> name(String variable, List<Key<?>> keys) {
    Optional<String> exact =
        keys.stream()
            .filter(key -> !key.name().contains("*") && key.variable().equals(variable))
            .map(Key::name)
            .findFirst();
    return exact.or(
        () ->
            keys.stream()
                .filter(key -> key.name().contains("*"))
                .flatMap(key -> filled(key, variable).stream())
                .findFirst());
  }

  private static Optional<String> filled(Key<?> key, String variable) {
    String regex =
        Pattern.quote(key.variable())
            .replace("**", "\\E(.+)\\Q")
            .replace("*", "\\E([A-Z0-9][A-Z0-9_]*?)\\Q");
    Matcher matcher = Pattern.compile(regex).matcher(variable);
    if (!matcher.matches()) return Optional.empty();
    if (key.name().endsWith("**"))
      return Optional.of(key.name().replace("**", lower(matcher.group(1)).replace('_', '.')));
    Object[] parts = new Object[matcher.groupCount()];
    for (int i = 0; i < parts.length; i++) parts[i] = lower(matcher.group(i + 1)).replace('_', '-');
    String name = key.at(parts).name();
    return key.matches(name) ? Optional.of(name) : Optional.empty();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
