package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.schemas.TextHash;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FAULTS 23: what cannot be read is refused by name. FAULTS 24: text of tokens comes as it is. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultCases23And24Test {
  private static final String TYPED =
      "{\"fragments\":[{\"sequence\":1,\"turn\":0,\"kind\":\"append\",\"text\":\"%s\"}]}";
  private static final Gateway gateway = Gateway.start();

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Stream<String> bodies() {
    return Stream.of(
        TYPED.formatted("\\u0000"),
        TYPED.formatted("\\ud83d"),
        TYPED.formatted("\\udc69x"),
        TYPED.formatted("x").replace("1", "-1"),
        TYPED.formatted("x").replace("1", "1.5"),
        TYPED.formatted("x").replace("1", "1e99"),
        TYPED.formatted("x").replace("\"x\"", "{\"a\":1}"),
        TYPED.formatted("x").replace("append", "Append"),
        TYPED.formatted("x").replace("\"turn\"", "\"Turn\""),
        TYPED.formatted("x") + "{}",
        "{\"fragments\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
        "{\"fragments\":[]}");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void case_23_a_malformed_body_is_400_with_field_and_reason_and_no_trace(String body) {
    assertRefused(typed(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void case_23_invalid_utf_8_is_refused_and_not_repaired() {
    byte[] body = TYPED.formatted("xy").getBytes(StandardCharsets.UTF_8);
    body[TYPED.indexOf("%s")] = (byte) 0xc3;

    assertRefused(typed(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0d%0aX-Evil:1", "%00", "%ff%fe", "..%2f..", "%u0041"})
  void case_23_an_id_that_cannot_be_one_is_not_found_and_gets_into_no_header(String id) {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(
                    URI.create(gateway.uri("/v1/sessions/") + id.replace("%u", "%25u")))
                .DELETE());

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.headers().firstValue("X-Evil")).isEmpty();
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%ff%fe"})
  void case_23_what_is_no_request_gets_the_usual_error_and_is_told_that_the_connection_ends(
      String id) {
    HttpResponse<String> answer =
        gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + id)).DELETE());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Gateway.json(answer.body()).path("error").path("code").asText())
        .isEqualTo("invalid_request");
    assertThat(answer.headers().firstValue("Connection")).hasValue("close");
  }

  @Test
  void case_24_text_of_tokens_reaches_every_client_byte_for_byte() {
    String[] tokens = {
      " leading", "\n", "", "\t", "👩", "\u200d", "🌾", "</script>", "\u202e", "é", " "
    };
    gateway.topology.answers(tokens);
    String handle;
    try (var live = gateway.live()) {
      handle = live.say("{'type':'open'}").await("session").path("handle").asText();
      live.say("{'type':'fragment','sequence':1,'turn':0,'kind':'append','text':'Why?'}");
      live.say(
          "{'type':'fragment','sequence':2,'turn':0,'kind':'submit','length':4,'hash':'%016x'}"
              .formatted(TextHash.of("Why?")));
      live.await("completed");
      assertThat(live.folded()).isEqualTo(String.join("", tokens));
    }
    try (var stream = gateway.events(handle, Optional.empty())) {
      assertThat(stream.await("completed").path("text").asText())
          .isEqualTo(String.join("", tokens));
    }
  }

  private static HttpResponse<String> typed(byte[] body) {
    String handle = gateway.open().path("handle").asText();
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/fragments"))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Gateway.json(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("invalid_request");
    assertThat(error.path("field").asText()).isNotEmpty();
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
