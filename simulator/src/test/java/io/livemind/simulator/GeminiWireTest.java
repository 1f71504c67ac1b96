package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiWireTest {
  private static final String STREAM = "/v1beta/models/large:streamGenerateContent?alt=sse";
  private static final String WHOLE = "/v1beta/models/large:generateContent";
  private static final String[] KEY = {"x-goog-api-key", "any"};
  private static final String QUESTION =
      """
      {"systemInstruction":{"parts":[{"text":"Be short."}]},"contents":[
      {"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"Yes?"}]},
      {"role":"user","parts":[{"text":"Hel"},{"text":"lo"}]}],
      "generationConfig":{"maxOutputTokens":50}}""";

  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(
                  Map.of(
                      "large",
                      ModelProfile.of("test", LatencyModel.INSTANT).withCacheBlocks(1_000)))
              .withFaults(FaultPlan.NONE.withRetryAfter(Duration.ofSeconds(7)))
              .withScript(List.of(new ScriptedReply("a \"é\"\n", 1, Optional.empty()))));
  private final ApiClient client = new ApiClient(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpResponse<String> ask(String path, String... headers) throws Exception {
    String[] all = Stream.of(KEY, headers).flatMap(Stream::of).toArray(String[]::new);
    return client.postTo(path, QUESTION, all);
  }

  @Test
  void aStreamIsCandidatesAndEndsWithTheBody() throws Exception {
    String tail = ",'modelVersion':'large','responseId':'simulated-0'}\r\n\r\n";
    String expected =
        "data: {'candidates':[{'content':{'parts':[{'text':'a \\\"é\\\"\\u000a'}],'role':'model'},"
            + "'index':0}],'usageMetadata':{'promptTokenCount':26,'candidatesTokenCount':0,"
            + "'totalTokenCount':26,'cachedContentTokenCount':0}"
            + tail
            + "data: {'candidates':[{'content':{'parts':[{'text':''}],'role':'model'},"
            + "'finishReason':'STOP','index':0}],'usageMetadata':{'promptTokenCount':26,"
            + "'candidatesTokenCount':1,'totalTokenCount':27,'cachedContentTokenCount':0}"
            + tail;

    assertThat(ask(STREAM).body()).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void aWholeReplyIsOneObject() throws Exception {
    JsonNode reply = json(ask(WHOLE));

    JsonNode candidate = reply.path("candidates").path(0);
    assertThat(candidate.path("content").path("parts").path(0).path("text").asText())
        .isEqualTo("a \"é\"\n");
    assertThat(candidate.path("finishReason").asText()).isEqualTo("STOP");
    assertThat(reply.path("usageMetadata").path("totalTokenCount").asInt()).isEqualTo(27);
    assertThat(json(ask(WHOLE, Fault.HEADER, "no-finish-reason")).path("candidates").path(0))
        .noneMatch(field -> field.asText().equals("STOP"));
  }

  @Test
  void theCallIsKeptWithItsModelItsMessagesAndItsSession() throws Exception {
    ask(STREAM, ApiClient.headers("s", 2, 3, CallKind.ANSWER));

    assertThat(simulator.served("s"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.whole()).isTrue();
              assertThat(call.model()).isEqualTo("large");
              assertThat(call.messages())
                  .containsExactly(
                      new ChatMessage(ChatMessage.Role.SYSTEM, "Be short."),
                      ChatMessage.user("Hi"),
                      ChatMessage.assistant("Yes?"),
                      ChatMessage.user("Hello"));
            });
  }

  @Test
  void thePromptsTokensHoldTheCachedOnes() throws Exception {
    String question = QUESTION.replace("Hel", "word ".repeat(200));
    JsonNode first = json(client.postTo(WHOLE, question, KEY)).path("usageMetadata");
    JsonNode second = json(client.postTo(WHOLE, question, KEY)).path("usageMetadata");

    assertThat(first.path("cachedContentTokenCount").asInt()).isZero();
    assertThat(second.path("cachedContentTokenCount").asInt()).isPositive();
    assertThat(second.path("promptTokenCount")).isEqualTo(first.path("promptTokenCount"));
  }

  @Test
  void aRequestWithoutWhatTheApiDemandsIsRefusedInItsForm() throws Exception {
    HttpResponse<String> keyless = client.postTo(STREAM, QUESTION);
    assertThat(keyless.statusCode()).isEqualTo(403);
    assertThat(json(keyless).path("error").path("status").asText()).isEqualTo("PERMISSION_DENIED");
    assertThat(client.postTo(WHOLE + "?key=any", QUESTION).statusCode()).isEqualTo(200);
    assertThat(ask(STREAM.replace("?alt=sse", "")).body()).contains("alt=sse");
    assertThat(client.postTo(STREAM, "{}", KEY).body()).contains("INVALID_ARGUMENT", "contents");
    assertThat(ask(STREAM.replace("large", "no%2Done")).body()).contains("NOT_FOUND", "no-one");
    assertThat(client.postTo(STREAM, QUESTION.replace("\"model\"", "\"x\""), KEY).body())
        .contains("valid role");
  }

  @ParameterizedTest
  @CsvSource({
    "bad-request, 400, INVALID_ARGUMENT",
    "context-too-long, 400, input token count",
    "unauthorised, 401, UNAUTHENTICATED",
    "forbidden, 403, PERMISSION_DENIED",
    "not-found, 404, NOT_FOUND",
    "rate-limited, 429, RESOURCE_EXHAUSTED",
    "rate-limited-seconds, 429, '\"retryDelay\":\"7s\"'",
    "out-of-credit, 429, billing",
    "server-error, 500, INTERNAL",
    "unavailable, 503, UNAVAILABLE",
    "in-band-error, 200, 'data: {\"error\":{\"code\":500'",
    "finish-abort, 200, OTHER",
    "finish-refused, 200, SAFETY"
  })
  void aFaultSpeaksAsTheApiDoes(String fault, int status, String words) throws Exception {
    HttpResponse<String> response = ask(STREAM, Fault.HEADER, fault);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(words);
    assertThat(response.headers().firstValue("retry-after")).isEmpty();
  }

  /** Each by a client of its own: the simulator closes a connection after an early end. */
  @Test
  void withoutAnEndMarkAStreamThatLacksItIsTheSameAsAWholeOne() throws Exception {
    String whole = ask(STREAM).body();
    String noDone = faulty("no-done");
    String noReason = faulty("no-finish-reason");
    String early = faulty("clean-end-early");

    assertThat(numberless(noDone)).isEqualTo(numberless(whole));
    assertThat(numberless(noReason)).isEqualTo(numberless(early)).doesNotContain("finishReason");
  }

  private String faulty(String fault) throws Exception {
    return new ApiClient(simulator)
        .postTo(STREAM, QUESTION, KEY[0], KEY[1], Fault.HEADER, fault)
        .body();
  }

  /** Without the call's number, and what its prompt found in the cache. */
  private static String numberless(String body) {
    return body.replaceAll("(simulated-|cachedContentTokenCount\":)\\d+", "$1");
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }
}
