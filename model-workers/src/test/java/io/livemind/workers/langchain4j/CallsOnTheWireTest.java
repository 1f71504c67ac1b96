package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.RequestHeaders;
import io.livemind.workers.Generation;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What leaves for the server; cancels at the edges of a call. */
class CallsOnTheWireTest {

  private static void whole(WireServer.Exchange server) throws Exception {
    server.open();
    server.content("a");
    server.finish("stop");
    server.data("[DONE]");
  }

  private static WireServer.Exchange sent(boolean withSession) throws Exception {
    return sent(replica -> withSession ? replica.withSessionHeaders() : replica, Calls.request());
  }

  private static WireServer.Exchange sent(UnaryOperator<ReplicaConfig> change, ModelRequest request)
      throws Exception {
    try (var server = new WireServer(CallsOnTheWireTest::whole)) {
      var replica = Calls.replica("openai", server.baseUrl(), Calls.PATIENT);
      try (var client = new LangChain4jModelClient(change.apply(replica))) {
        var heard = new Heard();
        client.start(request, heard);
        assertThat(heard.end()).isInstanceOf(Finished.class);
        return server.exchanges().getFirst();
      }
    }
  }

  @Test
  void theRequestIsOpenAisStreamedFormWithoutAnUpgrade() throws Exception {
    var exchange = sent(false);
    JsonNode body = new ObjectMapper().readTree(exchange.body());
    assertThat(exchange.head()).startsWith("POST /v1/chat/completions HTTP/1.1");
    assertThat(exchange.head().toLowerCase(Locale.ROOT)).doesNotContain("upgrade");
    assertThat(body.path("model").asText()).isEqualTo("a-model");
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(body.path("max_tokens").asInt()).isEqualTo(64);
    assertThat(body.path("messages").path(0).path("role").asText()).isEqualTo("system");
    assertThat(body.path("messages").path(1).path("content").asText()).isEqualTo("Hello");
  }

  @Test
  void aUserHasACacheOfTheirOwnWhereTheServerCanTellUsersApart() throws Exception {
    var generation =
        new Generation(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("cache_salt", Generation.USER, "top_k", 5));
    ModelRequest known = Calls.request();
    var nobodys =
        new ModelRequest(
            known.messages(), known.maximumTokens(), known.session(), "", 0, 0, known.kind());

    JsonNode ofUser = body(sent(replica -> replica.withGeneration(generation), known));
    JsonNode ofNobody = body(sent(replica -> replica.withGeneration(generation), nobodys));

    assertThat(ofUser.path("cache_salt").asText()).isEqualTo(known.owner()).isNotEmpty();
    assertThat(ofUser.path("top_k").asInt()).isEqualTo(5);
    assertThat(ofNobody.has("cache_salt")).isFalse();
    assertThat(ofNobody.path("top_k").asInt()).isEqualTo(5);
    assertThat(body(sent(false)).has("cache_salt")).isFalse();
  }

  private static JsonNode body(WireServer.Exchange exchange) throws IOException {
    return new ObjectMapper().readTree(exchange.body());
  }

  @Test
  void onlyAServerOfOnesOwnLearnsTheSession() throws Exception {
    assertThat(sent(false).head()).doesNotContain(RequestHeaders.SESSION);
    assertThat(sent(true).head())
        .contains(RequestHeaders.SESSION + ": session-1")
        .contains(RequestHeaders.TURN + ": 2")
        .contains(RequestHeaders.STEP + ": 3")
        .contains(RequestHeaders.KIND + ": answer");
  }

  @Test
  void aConnectionServesOneCallAfterTheOther() throws Exception {
    String reply =
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n";
    try (var server = new WireServer(exchange -> exchange.stream(reply));
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      for (int call = 0; call < 5; call++) {
        var heard = new Heard();
        client.start(Calls.request(), heard);
        assertThat(heard.end()).isInstanceOf(Finished.class);
      }
      assertThat(server.exchanges()).hasSize(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void cancelBeforeTheCallHasBegunEndsItToo() throws Exception {
    try (var server = new WireServer(WireServer.Exchange::awaitClientGone);
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard).cancel();
      assertThat(heard.end()).isInstanceOf(Cancelled.class);
    }
  }

  @Test
  void cancelAfterTheEndChangesNothing() throws Exception {
    try (var server = new WireServer(CallsOnTheWireTest::whole);
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      var call = client.start(Calls.request(), heard);
      heard.end();
      call.cancel();
      assertThat(heard.ends()).hasSize(1);
      assertThat(heard.end()).isInstanceOf(Finished.class);
    }
  }
}
