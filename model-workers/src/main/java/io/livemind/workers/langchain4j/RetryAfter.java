package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads when a server wants to be asked again; what cannot be read is as if it were not there. */
final class RetryAfter {
  /** Longer waits are cut to this: nobody waits a day for an answer. */
  static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * {@code retry-after-ms}, else {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3).
   */
  static Optional<Duration> of(HttpHeaders headers, Instant now) {
    Optional<Duration> millis = headers.firstValue("retry-after-ms").flatMap(RetryAfter::millis);
    if (millis.isPresent()) return millis;
    return headers.firstValue("retry-after").flatMap(value -> secondsOrDate(value.trim(), now));
  }

  /** Gemini's {@code RetryInfo} among an error's details: {@code "retryDelay": "37s"}. */
  static Optional<Duration> of(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      String delay = detail.path("retryDelay").asText("");
      if (delay.endsWith("s")) return seconds(delay.substring(0, delay.length() - 1));
    }
    return Optional.empty();
  }

  private static Optional<Duration> secondsOrDate(String value, Instant now) {
    Optional<Duration> seconds = seconds(value);
    if (seconds.isPresent()) return seconds;
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, then)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String value) {
    return number(value).map(seconds -> bounded(Duration.ofMillis((long) (seconds * 1000))));
  }

  private static Optional<Duration> millis(String value) {
    return number(value).map(millis -> bounded(Duration.ofMillis(millis.longValue())));
  }

  private static Optional<Double> number(String value) {
    try {
      double number = Double.parseDouble(value.trim());
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) return Duration.ZERO;
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
