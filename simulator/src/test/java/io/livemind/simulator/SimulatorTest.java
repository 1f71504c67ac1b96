package io.livemind.simulator;

import static io.livemind.simulator.ApiClient.body;
import static io.livemind.simulator.ApiClient.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.AnswerCue;
import io.livemind.simulator.ApiClient.Streamed;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final String TEXT = " Ja, „Größe“ ist\n\t\"relativ\" — 相対的です 😀👩‍🚀 \\ end ";

  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(Map.of("large", ModelProfile.of("test", LatencyModel.INSTANT))));
  private final ApiClient client = new ApiClient(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aStreamHasRoleContentReasonUsageAndDoneAndTheTextByteForByte() throws Exception {
    simulator.script("s", List.of(new ScriptedReply(TEXT, 9, Optional.empty())));

    Streamed streamed = client.stream(body(true, "Hello"), "x-livemind-session", "s");

    assertThat(streamed.response().statusCode()).isEqualTo(200);
    assertThat(streamed.response().headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(streamed.text()).isEqualTo(TEXT);
    assertThat(streamed.events().getLast()).isEqualTo("[DONE]");
    List<JsonNode> events = streamed.json();
    assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    JsonNode usage = events.getLast();
    assertThat(usage.path("choices").isEmpty()).isTrue();
    assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(9);
    assertThat(usage.at("/usage/total_tokens").asInt())
        .isEqualTo(usage.at("/usage/prompt_tokens").asInt() + 9);
    assertThat(events)
        .allSatisfy(event -> assertThat(event.path("model").asText()).isEqualTo("large"));
  }

  @Test
  void aWholeReplyIsOneObjectWithTheSameText() throws Exception {
    simulator.script("s", List.of(new ScriptedReply(TEXT, 9, Optional.empty())));

    HttpResponse<String> response = client.post(body(false, "Hello"), "x-livemind-session", "s");

    JsonNode reply = new ObjectMapper().readTree(response.body());
    assertThat(reply.path("object").asText()).isEqualTo("chat.completion");
    assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo(TEXT);
    assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(9);
  }

  @Test
  void maxTokensCutsAReplyAndTheReasonSaysSo() throws Exception {
    simulator.script("s", List.of(new ScriptedReply("abcdefghij", 10, Optional.empty())));
    String limited = body(true, "Hello").replace("{\"model\"", "{\"max_tokens\":4,\"model\"");

    Streamed streamed = client.stream(limited, "x-livemind-session", "s");

    assertThat(streamed.text()).isEqualTo("abcd");
    assertThat(streamed.response().body()).contains("\"finish_reason\":\"length\"");
  }

  @Test
  void aRecordedSessionIsServedThroughHeadersAndCounted() throws Exception {
    String thought = "action inference. About water.";
    simulator.register("s", recorded(thought));

    Streamed thinking =
        client.stream(body(true, "Rivers. "), headers("s", 0, 0, CallKind.INFERENCE));
    Streamed answer =
        client.stream(
            body(true, "Rivers. ", thought, "Why?" + AnswerCue.text(Optional.empty())),
            headers("s", 0, 1, CallKind.ANSWER));

    assertThat(thinking.text()).isEqualTo(thought);
    assertThat(answer.text()).isEqualTo(TEXT);
    assertThat(simulator.recordedCounts("s")).isEqualTo(new RecordedCounts(1, 0, 0, 1, List.of()));
  }

  @Test
  void aBrokenRuleIs422WithTheRuleAsCodeAndNoContent() throws Exception {
    simulator.register("s", recorded("action inference. About water."));

    HttpResponse<String> response =
        client.post(body(true, "Lakes. "), headers("s", 0, 0, CallKind.INFERENCE));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"code\":\"segment\"").doesNotContain("action");
    assertThat(simulator.recordedCounts("s").violations()).hasSize(1);
  }

  @Test
  void whatWasServedIsReadBackPerCallBeforeTheClientCanReact() throws Exception {
    simulator.register("s", recorded("action inference. About water."));
    client.stream(body(true, "Rivers. "), headers("s", 0, 0, CallKind.INFERENCE));

    assertThat(simulator.served("s"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.kind()).isEqualTo(CallKind.INFERENCE);
              assertThat(call.step()).isZero();
              assertThat(call.messages()).containsExactly(ChatMessage.user("Rivers. "));
              assertThat(call.status()).isEqualTo(200);
              assertThat(call.whole()).isTrue();
              assertThat(call.cancelled()).isFalse();
              assertThat(call.promptTokens()).isEqualTo(100);
              assertThat(call.completionTokens()).isEqualTo(10);
              assertThat(call.firstTokenNanos().orElseThrow())
                  .isBetween(call.arrivedNanos(), call.endedNanos());
              assertThat(call.endedEpochMillis())
                  .isBetween(call.arrivedEpochMillis(), System.currentTimeMillis() + 1);
            });
    String overHttp = client.get("/simulator/served?session=s").body();
    assertThat(overHttp).contains("\"kind\":\"inference\"").contains("Rivers. ");
    assertThat(client.get("/simulator/served?session=other").body()).isEqualTo("[]");
  }

  @Test
  void aForgottenSessionHasNeitherRecordingNorCalls() throws Exception {
    simulator.register("s", recorded("action inference. About water."));
    client.stream(body(true, "Rivers. "), headers("s", 0, 0, CallKind.INFERENCE));

    simulator.forget("s");

    assertThat(simulator.served("s")).isEmpty();
    assertThatThrownBy(() -> simulator.recordedCounts("s"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void modelsAndHealthAreServedAndUnknownPathsAreNot() throws Exception {
    assertThat(client.get("/v1/models").body()).contains("\"id\":\"large\"");
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    assertThat(client.get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/chat/completions").statusCode()).isEqualTo(405);
  }

  @Test
  void aBadRequestIs400WithTheFieldAndAnUnknownModel404() throws Exception {
    assertThat(error(client.post("{not json"))).isEqualTo("invalid_request_error");
    assertThat(client.post("[]").body()).contains("is no object");
    assertThat(client.post("{\"model\":\"large\",\"messages\":[]}").body()).contains("'messages'");
    assertThat(client.post("{\"messages\":[{}]}").body()).contains("model");
    assertThat(client.post(body(true, "x"), "x-livemind-kind", "other").body())
        .contains("x-livemind-kind");
    assertThat(client.post(body(true, "x"), Fault.HEADER, "no-such").body())
        .contains("reset-mid-stream");
    HttpResponse<String> unknown =
        client.post(body("nobody", true, List.of(ChatMessage.user("x"))));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("model_not_found");
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    try (var raw = new RawClient(simulator)) {
      for (int i = 0; i < 3; i++) {
        raw.request(body(true, "Hello there, how are rivers made?"));
        assertThat(raw.readUntil("[DONE]\n\n\r\n0\r\n\r\n")).contains("No model is connected");
      }
    }
  }

  @Test
  void aPortThatIsTakenIsAnExceptionThatNamesItAndTheRemedy() {
    int port = simulator.baseUrl().getPort();
    SimulatorConfig taken =
        SimulatorConfig.of(Map.of("m", ModelProfile.of("p", LatencyModel.INSTANT))).withPort(port);

    assertThatThrownBy(() -> Simulator.start(taken))
        .isInstanceOf(PortInUseException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("choose another port");
  }

  private static RecordedSession recorded(String thought) {
    return new RecordedSession(
        List.of(
            new RecordedTurn(
                "Rivers. Why?",
                List.of(new RecordedReply(thought, 100, 10, LatencyModel.INSTANT)),
                new RecordedReply(TEXT, 120, 25, LatencyModel.INSTANT),
                false)));
  }

  private static String error(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(400);
    return new ObjectMapper().readTree(response.body()).at("/error/type").asText();
  }
}
