package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Anthropic and Gemini keep the same promises as OpenAI's form, on their own wire. */
class OtherProvidersTest {
  private static final String ANTHROPIC_START =
      event(
              "message_start",
              "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"role\":\"assistant\","
                  + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":40,"
                  + "\"cache_creation_input_tokens\":7,\"output_tokens\":1}}}")
          + event(
              "content_block_start",
              "{\"type\":\"content_block_start\",\"index\":0,"
                  + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
          + event(
              "content_block_delta",
              "{\"type\":\"content_block_delta\",\"index\":0,"
                  + "\"delta\":{\"type\":\"text_delta\",\"text\":\" Hi\"}}");

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static String anthropicEnd(String reason) {
    return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
        + event(
            "message_delta",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                + reason
                + "\"},\"usage\":{\"output_tokens\":5}}")
        + event("message_stop", "{\"type\":\"message_stop\"}");
  }

  private static String gemini(String text, String finish) {
    return "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\""
        + text
        + "\"}]}"
        + (finish.isEmpty() ? "" : ",\"finishReason\":\"" + finish + "\"")
        + "}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2,"
        + "\"cachedContentTokenCount\":4}}\n\n";
  }

  private static Heard call(String provider, String stream) throws Exception {
    try (var server =
            new WireServer(
                exchange -> {
                  exchange.open();
                  exchange.write(stream);
                });
        var client =
            new LangChain4jModelClient(Calls.replica(provider, server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      heard.end();
      assertThat(heard.ends()).hasSize(1);
      return heard;
    }
  }

  private static FailureCode failure(ModelOutcome end) {
    assertThat(end).isInstanceOf(Failed.class);
    return ((Failed) end).code();
  }

  @Test
  void anthropicFinishesWithTextAndAllPromptTokens() throws Exception {
    var heard = call("anthropic", ANTHROPIC_START + anthropicEnd("end_turn"));
    assertThat(heard.texts()).containsExactly(" Hi");
    assertThat(heard.end()).isInstanceOf(Finished.class);
    assertThat(heard.end().tokens().prompt()).isEqualTo(OptionalInt.of(50));
    assertThat(heard.end().tokens().cached()).isEqualTo(OptionalInt.of(40));
    assertThat(heard.end().tokens().completion()).isEqualTo(OptionalInt.of(5));
  }

  @Test
  void anthropicsOtherEndsHaveTheirOwnNames() throws Exception {
    assertThat(failure(call("anthropic", ANTHROPIC_START + anthropicEnd("max_tokens")).end()))
        .isEqualTo(FailureCode.LENGTH_LIMIT);
    assertThat(failure(call("anthropic", ANTHROPIC_START + anthropicEnd("refusal")).end()))
        .isEqualTo(FailureCode.REFUSED);
    assertThat(failure(call("anthropic", ANTHROPIC_START + anthropicEnd("pause_turn")).end()))
        .isEqualTo(FailureCode.TRUNCATED);
  }

  @Test
  void anAnthropicStreamThatJustStopsIsTruncatedAndDoesNotHang() throws Exception {
    assertThat(failure(call("anthropic", ANTHROPIC_START).end())).isEqualTo(FailureCode.TRUNCATED);
  }

  @Test
  void anthropicsErrorEventIsNamed() throws Exception {
    var heard =
        call(
            "anthropic",
            ANTHROPIC_START
                + event(
                    "error",
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"Overloaded\"}}"));
    assertThat(failure(heard.end())).isEqualTo(FailureCode.OVERLOADED);
  }

  @Test
  void geminiFinishesWithTextAndTokens() throws Exception {
    var heard = call("gemini", gemini(" Hi", "") + gemini("!", "STOP"));
    assertThat(heard.texts()).containsExactly(" Hi", "!");
    assertThat(heard.end()).isInstanceOf(Finished.class);
    assertThat(heard.end().tokens().prompt()).isEqualTo(OptionalInt.of(9));
    assertThat(heard.end().tokens().cached()).isEqualTo(OptionalInt.of(4));
  }

  @Test
  void geminisOtherEndsHaveTheirOwnNames() throws Exception {
    assertThat(failure(call("gemini", gemini("x", "MAX_TOKENS")).end()))
        .isEqualTo(FailureCode.LENGTH_LIMIT);
    assertThat(failure(call("gemini", gemini("x", "SAFETY")).end())).isEqualTo(FailureCode.REFUSED);
    assertThat(failure(call("gemini", gemini("x", "OTHER")).end()))
        .isEqualTo(FailureCode.TRUNCATED);
    assertThat(failure(call("gemini", gemini("x", "")).end())).isEqualTo(FailureCode.TRUNCATED);
    assertThat(
            failure(
                call("gemini", "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n")
                    .end()))
        .isEqualTo(FailureCode.REFUSED);
  }

  @Test
  void cancelClosesTheConnectionBeforeTheFirstTokenWhateverTheProvider() throws Exception {
    for (String provider : new String[] {"anthropic", "gemini"}) {
      try (var server =
              new WireServer(
                  exchange -> {
                    exchange.open();
                    exchange.awaitClientGone();
                  });
          var client =
              new LangChain4jModelClient(
                  Calls.replica(provider, server.baseUrl(), Calls.PATIENT))) {
        var heard = new Heard();
        var call = client.start(Calls.request(), heard);
        org.awaitility.Awaitility.await().until(() -> server.exchanges().size() == 1);
        call.cancel();
        assertThat(heard.end()).isInstanceOf(Cancelled.class);
        assertThat(server.clientGone(1_000)).isTrue();
      }
    }
  }
}
