package io.livemind.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds, as lines: every key with its value, secrets hidden. */
public final class ConfigView {
  private static final String HIDDEN = "(hidden)";
  private static final Set<String> SHOWN_KAFKA =
      Set.of("bootstrap.servers", "security.protocol", "sasl.mechanism", "client.id");

  private ConfigView() {}

  /**
   * One line a key, in the order of the names.
   *
   * @param sources whether each line tells where its value comes from
   */
  public static List<String> lines(Settings settings, boolean sources) {
    List<Key<?>> keys = Keys.all();
    Set<String> names = new TreeSet<>(settings.given().keySet());
    for (Key<?> key : keys)
      if (key.byDefault().isPresent() && !key.name().contains("*")) names.add(key.name());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      Located located = settings.given().get(name);
      String place = located == null ? "default" : located.place();
      lines.add(name + ": " + value(settings, keys, name) + (sources ? "  # " + place : ""));
    }
    return lines;
  }

  private static String value(Settings settings, List<Key<?>> keys, String name) {
    Key<?> key = keys.stream().filter(known -> known.matches(name)).findFirst().orElseThrow();
    boolean kafkaSecret =
        key.equals(Keys.KAFKA) && !SHOWN_KAFKA.contains(name.substring("kafka.".length()));
    if (key.secret() || kafkaSecret) return HIDDEN;
    Map<String, Located> given = settings.given();
    return given.containsKey(name)
        ? settings.get(Key.without(name, Kind.TEXT, key.sentence()))
        : key.byDefault().orElse("");
  }
}
