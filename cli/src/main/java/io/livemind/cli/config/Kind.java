package io.livemind.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a value is read.
 *
 * @param rule what it must be, as the end of "must be …"
 * @param parser reads a value; throws IllegalArgumentException where it is not one
 * @param <T> of the value
 */
public record Kind<T>(String rule, Function<String, T> parser) {
  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]+)\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  public static final Kind<String> TEXT = new Kind<>("a text", text -> text);
  public static final Kind<Integer> INTEGER = new Kind<>("a whole number", Integer::valueOf);
  public static final Kind<Double> NUMBER = new Kind<>("a number", Double::valueOf);
  public static final Kind<Boolean> SWITCH = new Kind<>("true or false", Kind::readSwitch);
  public static final Kind<Path> PATH = new Kind<>("a path", Path::of);
  public static final Kind<URI> URL = new Kind<>("a URL", URI::create);
  public static final Kind<List<String>> LIST =
      new Kind<>("a list, or texts between commas", Kind::readList);
  public static final Kind<Duration> DURATION =
      new Kind<>("a duration such as 250ms, 10s, 5m, 1h or PT10S", Kind::readDuration);

  /** One of the constants of an enum, in lower case with hyphens. */
  public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    Map<String, E> byName =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(Kind::hyphenated, Function.identity()));
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(Kind::hyphenated)
            .collect(Collectors.joining(", "));
    return new Kind<>("one of " + names, text -> readChoice(byName, text));
  }

  /** A constant's name as it is configured. */
  public static String hyphenated(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A duration as it is configured. */
  public static String formatted(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0 && millis > 0) return millis / 86_400_000 + "d";
    if (millis % 3_600_000 == 0 && millis > 0) return millis / 3_600_000 + "h";
    if (millis % 60_000 == 0 && millis > 0) return millis / 60_000 + "m";
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static <E> E readChoice(Map<String, E> byName, String text) {
    E found = byName.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (found == null) throw new IllegalArgumentException(text);
    return found;
  }

  private static Boolean readSwitch(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<String> readList(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static Duration readDuration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text.strip());
    try {
      if (!matcher.matches()) return Duration.parse(text.strip());
      Duration unit = UNITS.get(matcher.group(2));
      if (unit == null) throw new IllegalArgumentException(text);
      return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
