package io.livemind.replay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartPointTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void everyFormIsUnderstood() {
    assertThat(parse("now")).isEqualTo(new StartPoint.Now());
    assertThat(parse("beginning")).isEqualTo(new StartPoint.Beginning());
    assertThat(parse("15m")).isEqualTo(new StartPoint.At(Instant.parse("2026-01-31T11:45:00Z")));
    assertThat(parse("2d")).isEqualTo(new StartPoint.At(Instant.parse("2026-01-29T12:00:00Z")));
    assertThat(parse("2026-01-01T00:00:00Z"))
        .isEqualTo(new StartPoint.At(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(parse("offset:1200")).isEqualTo(new StartPoint.Offset(1200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "15", "offset:", "offset:x", "2026-01-31"})
  void anythingElseIsRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beginning, now, 15m");
  }

  private static StartPoint parse(String text) {
    return StartPoint.parse(text, NOW);
  }
}
