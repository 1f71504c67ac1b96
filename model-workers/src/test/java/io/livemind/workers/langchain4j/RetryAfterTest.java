package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Optional<Duration> of(String name, String value) {
    return RetryAfter.of(HttpHeaders.of(Map.of(name, List.of(value)), (_, _) -> true), NOW);
  }

  @Test
  void secondsAndFractionsAreRead() {
    assertThat(of("Retry-After", "12")).contains(Duration.ofSeconds(12));
    assertThat(of("Retry-After", "0.5")).contains(Duration.ofMillis(500));
  }

  @Test
  void aDateIsReadAgainstTheClock() {
    assertThat(of("Retry-After", "Fri, 02 Jan 2026 03:04:35 GMT")).contains(Duration.ofSeconds(30));
    assertThat(of("Retry-After", "Fri, 02 Jan 2026 03:00:00 GMT")).contains(Duration.ZERO);
  }

  @Test
  void nonsenseIsAsIfItWereNotThere() {
    assertThat(of("Retry-After", "soon")).isEmpty();
    assertThat(of("Retry-After", "NaN")).isEmpty();
    assertThat(of("X-Other", "12")).isEmpty();
  }

  @Test
  void aDayIsCutToAnHour() {
    assertThat(of("Retry-After", "86400")).contains(RetryAfter.LONGEST);
  }
}
