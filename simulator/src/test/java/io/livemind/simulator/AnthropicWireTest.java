package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicWireTest {
  private static final String[] KEY = {"x-api-key", "any", "anthropic-version", "2023-06-01"};
  private static final String QUESTION =
      """
      {"model":"large","max_tokens":50,"stream":%s,"system":[{"type":"text","text":"Be short.",
      "cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"Hi"},
      {"role":"assistant","content":[{"type":"text","text":"Yes?"}]},
      {"role":"user","content":[{"type":"text","text":"%s"}]}]}""";

  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(
                  Map.of(
                      "large",
                      ModelProfile.of("test", LatencyModel.INSTANT).withCacheBlocks(1_000)))
              .withScript(List.of(new ScriptedReply("a \"é\"\n", 1, Optional.empty()))));
  private final ApiClient client = new ApiClient(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpResponse<String> ask(boolean stream, String... headers) throws Exception {
    return client.postTo(AnthropicWire.PATH, QUESTION.formatted(stream, "Hello"), with(headers));
  }

  private static String[] with(String... headers) {
    return Stream.of(KEY, headers).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aStreamIsNamedEventsFromTheStartOfTheMessageToItsStop() throws Exception {
    String expected =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_simulated_0","type":"message",\
        "role":"assistant","model":"large","content":[],"stop_reason":null,"stop_sequence":null,\
        "usage":{"input_tokens":26,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
        "output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: ping
        data: {"type":"ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta",\
        "text":"a \\"é\\"\\u000a"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
        "usage":{"output_tokens":1}}

        event: message_stop
        data: {"type":"message_stop"}

        """;

    HttpResponse<String> response = ask(true);

    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(response.body()).isEqualTo(expected);
  }

  @Test
  void aWholeReplyIsOneMessage() throws Exception {
    JsonNode message = json(ask(false));

    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.path("content").path(0).path("text").asText()).isEqualTo("a \"é\"\n");
    assertThat(message.path("stop_reason").asText()).isEqualTo("end_turn");
    assertThat(message.path("usage").path("output_tokens").asInt()).isEqualTo(1);
  }

  @Test
  void theCallIsKeptWithItsSystemTextItsMessagesAndItsSession() throws Exception {
    ask(true, ApiClient.headers("s", 2, 3, CallKind.ANSWER));

    assertThat(simulator.served("s"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.whole()).isTrue();
              assertThat(call.step()).isEqualTo(3);
              assertThat(call.messages())
                  .containsExactly(
                      new ChatMessage(ChatMessage.Role.SYSTEM, "Be short."),
                      ChatMessage.user("Hi"),
                      ChatMessage.assistant("Yes?"),
                      ChatMessage.user("Hello"));
            });
  }

  @Test
  void cachedTokensAreCountedApartFromTheOthers() throws Exception {
    String question = QUESTION.formatted(false, "word ".repeat(200));
    int first =
        json(client.postTo(AnthropicWire.PATH, question, KEY))
            .path("usage")
            .path("input_tokens")
            .asInt();
    JsonNode usage = json(client.postTo(AnthropicWire.PATH, question, KEY)).path("usage");

    assertThat(usage.path("cache_read_input_tokens").asInt()).isPositive();
    assertThat(usage.path("input_tokens").asInt() + usage.path("cache_read_input_tokens").asInt())
        .isEqualTo(first);
  }

  @Test
  void aRequestWithoutWhatTheApiDemandsIsRefusedInItsForm() throws Exception {
    String good = QUESTION.formatted(true, "x");

    HttpResponse<String> keyless = client.postTo(AnthropicWire.PATH, good);
    assertThat(keyless.statusCode()).isEqualTo(401);
    assertThat(json(keyless).path("type").asText()).isEqualTo("error");
    assertThat(json(keyless).path("error").path("type").asText()).isEqualTo("authentication_error");
    assertThat(client.postTo(AnthropicWire.PATH, good, "x-api-key", "k").body())
        .contains("invalid_request_error", "anthropic-version");
    assertThat(client.postTo(AnthropicWire.PATH, good.replace("max_tokens", "x"), KEY).body())
        .contains("max_tokens: Field required");
    assertThat(
            client
                .postTo(
                    AnthropicWire.PATH, good.replace("\"role\":\"user\"", "\"role\":\"x\""), KEY)
                .body())
        .contains("messages.role");
    assertThat(client.postTo(AnthropicWire.PATH, good.replace("\"large\"", "\"no\""), KEY).body())
        .contains("not_found_error");
    assertThat(client.postTo(AnthropicWire.PATH, "{", KEY).body())
        .contains("\"type\":\"invalid_request_error\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bad-request, 400, invalid_request_error",
    "context-too-long, 400, prompt is too long",
    "unauthorised, 401, authentication_error",
    "forbidden, 403, permission_error",
    "not-found, 404, not_found_error",
    "rate-limited-seconds, 429, rate_limit_error",
    "out-of-credit, 400, credit balance",
    "server-error, 500, api_error",
    "overloaded, 529, overloaded_error",
    "in-band-error, 200, 'event: error\ndata: {\"type\":\"error\"'",
    "finish-abort, 200, pause_turn",
    "finish-refused, 200, refusal"
  })
  void aFaultSpeaksAsTheApiDoes(String fault, int status, String words) throws Exception {
    HttpResponse<String> response = ask(true, Fault.HEADER, fault);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(words);
    assertThat(response.headers().firstValue("retry-after").isPresent())
        .isEqualTo(fault.equals("rate-limited-seconds"));
  }

  @ParameterizedTest
  @CsvSource({
    "no-finish-reason, false, true",
    "clean-end-early, false, false",
    "no-done, true, false",
  })
  void whatIsMissingAtTheEndIsTheReasonOrTheStop(String fault, boolean reason, boolean stop)
      throws Exception {
    String body = ask(true, Fault.HEADER, fault).body();

    assertThat(body.contains("\"stop_reason\":\"")).isEqualTo(reason);
    assertThat(body.contains("message_stop")).isEqualTo(stop);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }
}
