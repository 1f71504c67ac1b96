package io.livemind.cli.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be configured.
 *
 * @param name without the leading {@code livemind.}; {@code *} stands for a name of the
 *     deployment's own, {@code [*]} for a number in a list, {@code **} for any rest
 * @param kind how a value is read
 * @param byDefault the default as it would be configured; empty: there is none
 * @param secret whether its value is never shown
 * @param sentence what it does, with unit and bounds
 * @param <T> of the value
 */
public record Key<T>(
    String name, Kind<T> kind, Optional<String> byDefault, boolean secret, String sentence) {
  /** Before each name in the environment's and the file's form. */
  public static final String PREFIX = "livemind.";

  private static final Pattern STARS = Pattern.compile("\\*\\*|\\[\\*]|\\*");

  static <T> Key<T> of(String name, Kind<T> kind, String byDefault, String sentence) {
    return new Key<>(name, kind, Optional.of(byDefault), false, sentence);
  }

  static <T> Key<T> without(String name, Kind<T> kind, String sentence) {
    return new Key<>(name, kind, Optional.empty(), false, sentence);
  }

  static <T> Key<T> secret(String name, Kind<T> kind, String sentence) {
    return new Key<>(name, kind, Optional.empty(), true, sentence);
  }

  static Key<Integer> integer(String name, int byDefault, String sentence) {
    return of(name, Kind.INTEGER, Integer.toString(byDefault), sentence);
  }

  static Key<Boolean> flag(String name, boolean byDefault, String sentence) {
    return of(name, Kind.SWITCH, Boolean.toString(byDefault), sentence);
  }

  static Key<Duration> duration(String name, Duration byDefault, String sentence) {
    return of(name, Kind.DURATION, Kind.formatted(byDefault), sentence);
  }

  static <E extends Enum<E>> Key<E> choice(
      String name, Class<E> type, E byDefault, String sentence) {
    return of(name, Kind.choice(type), Kind.hyphenated(byDefault), sentence);
  }

  /** With names and numbers in the place of the stars, in their order. */
  Key<T> at(Object... parts) {
    String exact = name;
    for (Object part : parts)
      exact = exact.replaceFirst("\\*", Matcher.quoteReplacement(segment(part)));
    return new Key<>(exact, kind, byDefault, secret, sentence);
  }

  /** As it stands in the environment; names of the deployment's own in capitals. */
  String variable() {
    return (PREFIX + name).toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9*]+", "_");
  }

  /** Whether this is a name of the key, or of an item of its list. */
  boolean matches(String candidate) {
    return pattern().matcher(candidate).matches();
  }

  private Pattern pattern() {
    var regex = new StringBuilder();
    Matcher stars = STARS.matcher(name);
    int from = 0;
    while (stars.find()) {
      regex.append(Pattern.quote(name.substring(from, stars.start())));
      regex.append(
          switch (stars.group()) {
            case "**" -> "(.+)";
            case "[*]" -> "\\[([0-9]+)]";
            default -> "([^.\\[\\]\"]+|\"[^\"]+\")";
          });
      from = stars.end();
    }
    regex.append(Pattern.quote(name.substring(from)));
    if (kind.equals(Kind.LIST)) regex.append("(?:\\[[0-9]+])?");
    return Pattern.compile(regex.toString());
  }

  /** A name that holds a dot is quoted, so that it stays one part. */
  static String segment(Object part) {
    String text = part.toString();
    return text.contains(".") && !text.startsWith("\"") ? '"' + text + '"' : text;
  }
}
