package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.TokenCounts;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What llama-server 0.7.0 (build 11669) said on 2026-11-28, as it said it: fields that nobody asked
 * for, a first delta without text, pings, usage and timings behind the finish.
 */
class LlamaServerTest {
  private static final String TAIL =
      ",\"created\":1795871900,\"id\":\"chatcmpl-wLvf68QwW3tokcZXYff5SfJeBdqLfwJg\","
          + "\"model\":\"model.gguf\",\"system_fingerprint\":\"b11669-Debian\","
          + "\"object\":\"chat.completion.chunk\"";
  private static final String ROLE = "{\"role\":\"assistant\",\"content\":null}";
  private static final String USAGE =
      "{\"choices\":[]"
          + TAIL
          + ",\"usage\":{\"completion_tokens\":4,\"prompt_tokens\":27,\"total_tokens\":31,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2}},\"timings\":{\"cache_n\":2,"
          + "\"prompt_n\":25,\"prompt_ms\":25.231,\"prompt_per_token_ms\":1.0092400000000001,"
          + "\"predicted_n\":4,\"predicted_ms\":44.171}}";
  private static final TokenCounts COUNTED =
      new TokenCounts(OptionalInt.of(27), OptionalInt.of(4), OptionalInt.of(2));

  private static String chunk(String finish, String delta) {
    return "{\"choices\":[{\"finish_reason\":%s,\"index\":0,\"delta\":%s}]%s}"
        .formatted(finish, delta, TAIL);
  }

  private static Heard heard(WireServer.Script script) throws Exception {
    try (var server = new WireServer(script);
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      heard.end();
      return heard;
    }
  }

  private static Heard reply(String finish, String... deltas) throws Exception {
    return heard(
        server -> {
          server.open();
          server.write(":\n\n:\n\n");
          server.data(chunk("null", ROLE));
          for (String delta : deltas) server.data(chunk("null", delta));
          server.data(chunk('"' + finish + '"', "{}"));
          server.data(USAGE);
          server.data("[DONE]");
        });
  }

  @Test
  void eachTokenIsADeltaAndTheUsageIsCounted() throws Exception {
    Heard heard =
        reply("stop", "{\"content\":\"o\"}", "{\"content\":\"k\"}", "{\"content\":\"!\"}");
    assertThat(heard.texts()).containsExactly("o", "k", "!");
    assertThat(heard.end()).isEqualTo(new Finished("ok!", COUNTED));
  }

  @Test
  void whatWasThoughtIsNoPartOfTheReply() throws Exception {
    Heard heard =
        reply("stop", "{\"reasoning_content\":\"H\"}", "{\"content\":\"\uFFFD\\u0012ok\"}");
    assertThat(heard.end()).isEqualTo(new Finished("\uFFFD\u0012ok", COUNTED));
  }

  @Test
  void aReplyThatIsCutIsAFailureWithItsCost() throws Exception {
    var failed = (Failed) reply("length", "{\"content\":\";\"}").end();
    assertThat(failed.code()).isEqualTo(FailureCode.LENGTH_LIMIT);
    assertThat(failed.tokens()).isEqualTo(COUNTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | CONTEXT_TOO_LONG | {"error":{"code":400,"message":"request (12018 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":12018,"n_ctx":8192}}
          503 | OVERLOADED       | {"error":{"message":"Loading model","type":"unavailable_error","code":503}}
          401 | UNAUTHORISED     | {"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}
          404 | MODEL_UNKNOWN    | {"error":{"message":"File Not Found","type":"not_found_error","code":404}}
          400 | BAD_REQUEST      | {"error":{"code":400,"message":"Unable to generate parser for this template. Automatic parser generation failed: Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...","type":"invalid_request_error"}}
          """)
  void itsErrorsHaveNames(int status, FailureCode code, String body) throws Exception {
    Heard heard =
        heard(
            server ->
                server.respond(
                    status,
                    "Content-Type: application/json; charset=utf-8\r\nConnection: close\r\n",
                    body));
    assertThat(((Failed) heard.end()).code()).isEqualTo(code);
    assertThat(heard.texts()).isEmpty();
  }
}
