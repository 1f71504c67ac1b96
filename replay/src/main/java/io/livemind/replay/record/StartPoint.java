package io.livemind.replay.record;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** From where the topics are followed. */
public sealed interface StartPoint {

  /** All that the topics still hold. */
  record Beginning() implements StartPoint {}

  /** What is written from now on. */
  record Now() implements StartPoint {}

  /** What was written at a moment or later. */
  record At(Instant moment) implements StartPoint {}

  /**
   * Fragments from an offset of each partition on; of the answers, all.
   *
   * @param offset in every partition of {@code fragments}
   */
  record Offset(long offset) implements StartPoint {
    public Offset {
      if (offset < 0) throw new IllegalArgumentException("an offset must be 0 or more");
    }
  }

  /**
   * Reads the text form: {@code beginning}, {@code now}, {@code 15m} (ago; also s, h, d), {@code
   * 2026-01-31T12:00:00Z}, {@code offset:1200}.
   *
   * @throws IllegalArgumentException telling the forms, if it is none
   */
  static StartPoint parse(String text, Instant now) {
    if (text.equals("beginning")) return new Beginning();
    if (text.equals("now")) return new Now();
    try {
      if (text.startsWith("offset:"))
        return new Offset(Long.parseLong(text.substring("offset:".length())));
      if (text.matches("[0-9]{1,9}[smhd]")) return new At(now.minus(ago(text)));
      return new At(Instant.parse(text));
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no start: write beginning, now, 15m (ago; also s, h, d), offset:1200, or a"
              + " time as 2026-01-31T12:00:00Z",
          e);
    }
  }

  private static Duration ago(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
