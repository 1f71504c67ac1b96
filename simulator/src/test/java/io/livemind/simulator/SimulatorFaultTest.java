package io.livemind.simulator;

import static io.livemind.simulator.ApiClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.simulator.RawClient.End;
import io.livemind.simulator.RawClient.Received;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorFaultTest {
  private static final String TEXT = "Größe zählt 😀 one two three four five six seven.";
  private static final String HALF = new TokenText(TEXT, 12).piece(0, 6);
  private static final Duration STALL = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(Map.of("large", ModelProfile.of("test", LatencyModel.INSTANT)))
              .withChunkInterval(Duration.ZERO)
              .withFaults(
                  FaultPlan.NONE.withStallLimit(STALL).withRetryAfter(Duration.ofSeconds(7)))
              .withScript(List.of(new ScriptedReply(TEXT, 12, Optional.empty()))));
  private final ApiClient client = new ApiClient(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "bad-request, 400, invalid_request_error",
    "context-too-long, 400, context_length_exceeded",
    "unauthorised, 401, invalid_api_key",
    "not-found, 404, model_not_found",
    "rate-limited, 429, rate_limit_exceeded",
    "rate-limited-seconds, 429, rate_limit_exceeded",
    "rate-limited-date, 429, rate_limit_exceeded",
    "out-of-credit, 429, insufficient_quota",
    "server-error, 500, server_error",
    "html-gateway-error, 502, <html>",
    "unavailable, 503, Loading model",
    "overloaded, 529, overloaded_error",
    "not-a-stream, 200, <html>"
  })
  void aResponseInsteadOfAReplyHasItsStatusAndBody(String fault, int status, String marker)
      throws Exception {
    HttpResponse<String> response = client.post(body(true, "x"), Fault.HEADER, fault);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(marker).doesNotContain("Größe");
    assertThat(simulator.served())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.status()).isEqualTo(status);
              assertThat(call.whole()).isFalse();
              assertThat(call.fault()).contains(Fault.of(fault).orElseThrow());
            });
  }

  @Test
  void retryAfterComesInSecondsAsADateOrNotAtAll() throws Exception {
    assertThat(retryAfter("rate-limited")).isEmpty();
    assertThat(retryAfter("rate-limited-seconds")).contains("7");
    Instant asked = Instant.now();
    String date = retryAfter("rate-limited-date").orElseThrow();
    Instant answered = Instant.now();
    // Such a date has whole seconds.
    assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .isBetween(asked.plusSeconds(6), answered.plusSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({
    "reset-before-headers, RESET, false, false",
    "close-before-headers, CLOSED, false, false",
    "stall-before-headers, CLOSED, false, false",
    "reset-before-first-token, RESET, true, false",
    "close-before-first-token, CLOSED, true, false",
    "stall-before-first-token, CLOSED, true, false",
    "reset-mid-stream, RESET, true, true",
    "close-mid-stream, CLOSED, true, true",
    "stall-mid-stream, CLOSED, true, true"
  })
  void aConnectionEndsWhereTheFaultSays(String fault, End end, boolean headers, boolean text)
      throws Exception {
    Received received = raw(fault);

    assertThat(received.end()).isEqualTo(end);
    // After a reset the client's system may drop what it has not read yet.
    if (end == End.CLOSED) {
      assertThat(received.text().contains("HTTP/1.1 200")).isEqualTo(headers);
      assertThat(received.content()).isEqualTo(text ? HALF : "");
    }
    assertThat(TEXT).startsWith(received.content()).hasSizeGreaterThan(received.content().length());
    assertThat(received.text()).doesNotContain("finish_reason\":\"");
    assertThat(simulator.served()).singleElement().matches(call -> !call.whole());
  }

  @Test
  void aStallLastsAsLongAsItsLimit() throws Exception {
    raw("stall-mid-stream");

    ServedCall call = simulator.served().getFirst();
    assertThat(call.seconds()).isBetween(STALL.toMillis() / 1e3, 10.0);
    assertThat(call.completionTokens()).isEqualTo(6);
  }

  @Test
  void commentsComeAndNeverAToken() throws Exception {
    Received received = raw("comments-only");

    assertThat(received.text()).contains(": still here").doesNotContain("data:");
    assertThat(received.end()).isEqualTo(End.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "in-band-error, true, false, 'error\":{'",
    "finish-abort, true, false, 'finish_reason\":\"abort'",
    "no-finish-reason, true, false, [DONE]",
    "clean-end-early, false, false, Größe",
    "malformed-json, true, true, '\"delta\":{\"content\"\n'",
    "no-done, false, true, 'finish_reason\":\"stop'",
    "silence-after-done, true, true, 'finish_reason\":\"stop'"
  })
  void anOddEndHasExactlyWhatItPromises(String fault, boolean done, boolean whole, String marker)
      throws Exception {
    Received received = raw(fault);

    assertThat(received.text()).contains(marker);
    assertThat(received.text().contains("[DONE]")).isEqualTo(done);
    assertThat(received.content()).isEqualTo(whole ? TEXT : HALF);
    assertThat(received.text().contains("finish_reason\":\"stop")).isEqualTo(whole);
    boolean bodyEnded = received.text().endsWith("0\r\n\r\n");
    assertThat(bodyEnded).isEqualTo(!fault.equals("silence-after-done"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ONE_BYTE_SLICES", "SPLIT_CODE_POINT", "ODD_TOKENS", "WRONG_CONTENT_TYPE"})
  void aHarmlessFaultLeavesTheTextByteForByte(Fault fault) throws Exception {
    ApiClient.Streamed streamed = client.stream(body(true, "x"), Fault.HEADER, fault.code());

    assertThat(streamed.text()).isEqualTo(TEXT);
    assertThat(streamed.events().getLast()).isEqualTo("[DONE]");
    assertThat(simulator.served()).singleElement().matches(ServedCall::whole);
  }

  @Test
  void slicesReallyArriveInPieces() throws Exception {
    assertThat(raw("split-code-point").reads()).isGreaterThan(12);
    assertThat(client.stream(body(true, "x"), Fault.HEADER, "odd-tokens").response().body())
        .contains("\"content\":\"\"", "\"content\":\" \"", "\\ud83d", "\\ude00");
    assertThat(
            client.stream(body(true, "x"), Fault.HEADER, "wrong-content-type")
                .response()
                .headers()
                .firstValue("content-type"))
        .contains("text/plain; charset=utf-8");
  }

  @Test
  void aReplyThatNeverStopsGoesOnPastMaxTokensUntilTheClientLeaves() throws Exception {
    String limited = body(true, "x").replace("{\"model\"", "{\"max_tokens\":4,\"model\"");
    try (var raw = new RawClient(simulator)) {
      raw.request(limited, Fault.HEADER, "never-stops");
      for (int event = 0; event < 100; event++) raw.readUntil("content\":\"");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"IGNORES_FORMAT", "OTHER_LANGUAGE"})
  void anotherReplyThanTheRightOneIsLabelledAndNoAction(Fault fault) throws Exception {
    String text = client.stream(body(true, "x"), Fault.HEADER, fault.code()).text();

    assertThat(text).startsWith("[simulated]");
    assertThat(RecordedMemory.kept(text)).isFalse();
  }

  @Test
  void aFaultByRateHitsCallsThatDoNotAskForIt() throws Exception {
    SimulatorConfig always =
        SimulatorConfig.of(Map.of("large", ModelProfile.of("test", LatencyModel.INSTANT)))
            .withFaults(FaultPlan.of(Fault.OVERLOADED, 1, 3));
    try (Simulator faulty = Simulator.start(always)) {
      assertThat(new ApiClient(faulty).post(body(true, "x")).statusCode()).isEqualTo(529);
    }
  }

  @Test
  void aScriptCanFailOnceAndThenSucceed() throws Exception {
    simulator.script(
        "s",
        List.of(ScriptedReply.faulty("x", Fault.SERVER_ERROR), ScriptedReply.of("Now it works.")));

    assertThat(client.post(body(true, "x"), "x-livemind-session", "s").statusCode()).isEqualTo(500);
    assertThat(client.stream(body(true, "x"), "x-livemind-session", "s").text())
        .isEqualTo("Now it works.");
  }

  @ParameterizedTest
  @CsvSource({
    "in-band-error, 200, error",
    "finish-abort, 200, abort",
    "no-finish-reason, 200, 'finish_reason\":null'"
  })
  void aWholeReplyMeetsTheFaultsThatHaveAMeaningForIt(String fault, int status, String marker)
      throws Exception {
    HttpResponse<String> response = client.post(body(false, "x"), Fault.HEADER, fault);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(marker);
  }

  @Test
  void aWholeReplyThatBreaksEndsWithinItsBody() throws Exception {
    try (var raw = new RawClient(simulator)) {
      raw.request(body(false, "x"), Fault.HEADER, "close-mid-stream");
      Received received = raw.readAll(PATIENCE);

      assertThat(received.end()).isEqualTo(End.CLOSED);
      assertThat(received.text()).contains("content-length").doesNotContain("finish_reason");
    }
  }

  private Received raw(String fault) throws Exception {
    try (var raw = new RawClient(simulator)) {
      raw.request(body(true, "x"), Fault.HEADER, fault, "connection", "close");
      return raw.readAll(PATIENCE);
    }
  }

  private Optional<String> retryAfter(String fault) throws Exception {
    return client.post(body(true, "x"), Fault.HEADER, fault).headers().firstValue("retry-after");
  }
}
