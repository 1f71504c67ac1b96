package io.livemind.cli.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of this process: flags over environment over file over defaults. A value may
 * refer to an environment variable: {@code ${NAME}} or {@code ${NAME:default}}.
 */
public final class Settings {
  private static final Pattern FIRST_KEY = Pattern.compile("^([a-z][a-zA-Z0-9.*\\[\\]-]+)");

  private final Map<String, Located> given;
  private final SmallRyeConfig config;

  private Settings(Map<String, Located> given, SmallRyeConfig config) {
    this.given = given;
    this.config = config;
  }

  /**
   * Lays the sources over each other.
   *
   * @throws ConfigurationException if one holds a key that is not known; the message names each
   */
  public static Settings of(Sources sources) {
    // In the order of the file: the first of the models is the default.
    Map<String, Located> given = new LinkedHashMap<>(sources.file());
    given.putAll(sources.environment());
    given.putAll(sources.flags());
    refuseUnknown(sources);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                source("flags", sources.flags(), 400),
                source("environment", sources.environment(), 300),
                source("file", sources.file(), 200),
                new PropertiesConfigSource(sources.variables(), "variables", 1))
            .build();
    return new Settings(given, config);
  }

  /**
   * The value of a key, or its default.
   *
   * @throws ConfigurationException if it is missing and has no default, or cannot be read
   */
  public <T> T get(Key<T> key) {
    return find(key)
        .or(() -> key.byDefault().map(key.kind().parser()))
        .orElseThrow(() -> missing(key.name(), key.sentence()));
  }

  /** The value of a key that was given one. */
  public <T> Optional<T> find(Key<T> key) {
    return text(key.name()).or(() -> listed(key.name())).map(text -> read(key, key.kind(), text));
  }

  /** Reads a part of a key's value. */
  <T> T read(Key<?> key, Kind<T> kind, String text) {
    try {
      return kind.parser().apply(text);
    } catch (IllegalArgumentException e) {
      String shown = key.secret() ? "another value" : "`" + text + "`";
      throw new ConfigurationException(
          Key.PREFIX
              + key.name()
              + where(key.name())
              + " must be "
              + kind.rule()
              + ", but is "
              + shown,
          e);
    }
  }

  /** Names of the deployment's own that stand below a name: the models, for example. */
  Set<String> namesUnder(String above) {
    Pattern next = Pattern.compile(Pattern.quote(above + ".") + "(\"[^\"]+\"|[^.\\[]+).*");
    Set<String> names = new LinkedHashSet<>();
    for (String name : given.keySet()) {
      Matcher matcher = next.matcher(name);
      if (matcher.matches()) names.add(matcher.group(1).replace("\"", ""));
    }
    return names;
  }

  /** Items of the list that stands below a name. */
  int countUnder(String above) {
    int count = 0;
    while (begins(above + "[" + count + "]")) count++;
    return count;
  }

  /** Everything below a name, by the rest of its name. */
  Map<String, String> under(String above) {
    Map<String, String> values = new TreeMap<>();
    for (String name : given.keySet())
      if (name.startsWith(above + "."))
        text(name).ifPresent(value -> values.put(name.substring(above.length() + 1), value));
    return values;
  }

  /** Where a value stands, in brackets; empty for a default. */
  public String where(String name) {
    Located located = given.get(name);
    return located == null ? "" : " (" + located.place() + ")";
  }

  /** Every value that was given, by name. */
  Map<String, Located> given() {
    return given;
  }

  /** A value that must be given is not. */
  ConfigurationException missing(String name, String meaning) {
    return new ConfigurationException(
        Key.PREFIX
            + name
            + " is missing ("
            + meaning
            + "): give it with --set "
            + name
            + "=…, in the environment, or in the file of --config");
  }

  /**
   * What a supplier gives that checks itself.
   *
   * @throws ConfigurationException with the check's message and the place of the value it names
   */
  <T> T checked(Supplier<T> configuration) {
    try {
      return configuration.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new ConfigurationException(Key.PREFIX + message + placeOfNamed(message), e);
    }
  }

  /**
   * A record's message begins with the key, where a list or a map of names may show stars. The
   * items of a list may stand each in a place of its own.
   */
  private String placeOfNamed(String message) {
    Matcher named = FIRST_KEY.matcher(message);
    if (!named.find()) return "";
    String pattern =
        Pattern.quote(named.group(1)).replace("[]", "\\E\\[[0-9]+]\\Q").replace("*", "\\E[^.]+\\Q")
            + "(\\[[0-9]+])?";
    List<String> places =
        given.entrySet().stream()
            .filter(entry -> entry.getKey().matches(pattern))
            .map(entry -> entry.getValue().place())
            .distinct()
            .toList();
    return places.isEmpty() ? "" : places.stream().collect(Collectors.joining(", ", " (", ")"));
  }

  private boolean begins(String prefix) {
    return given.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  private Optional<String> text(String name) {
    Located located = given.get(name);
    if (located == null) return Optional.empty();
    @Nullable ConfigValue value = config.getConfigValue(name);
    if (value == null || value.getValue() == null) {
      if (located.value().isEmpty()) return Optional.empty();
      throw new ConfigurationException(
          Key.PREFIX
              + name
              + where(name)
              + " refers to an environment variable that is not set: "
              + located.value()
              + "; set it, or give a default as in ${NAME:default}");
    }
    return Optional.of(value.getValue());
  }

  private Optional<String> listed(String name) {
    int count = countUnder(name);
    if (count == 0) return Optional.empty();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) text(name + "[" + i + "]").ifPresent(items::add);
    return Optional.of(String.join(",", items));
  }

  private static void refuseUnknown(Sources sources) {
    List<Key<?>> keys = Keys.all();
    List<String> unknown = new ArrayList<>();
    for (Map<String, Located> source : List.of(sources.flags(), sources.file()))
      source.forEach(
          (name, located) -> {
            if (keys.stream().noneMatch(key -> key.matches(name)))
              unknown.add(
                  Key.PREFIX
                      + name
                      + " ("
                      + located.place()
                      + ") is no known key: "
                      + Nearest.to(name, keys));
          });
    if (!unknown.isEmpty()) throw new ConfigurationException(String.join("\n", unknown));
  }

  private static PropertiesConfigSource source(
      String name, Map<String, Located> values, int ordinal) {
    Map<String, String> texts =
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
    return new PropertiesConfigSource(texts, name, ordinal);
  }
}
