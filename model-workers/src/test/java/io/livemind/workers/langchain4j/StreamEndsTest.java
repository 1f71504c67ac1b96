package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Failed;
import org.junit.jupiter.api.Test;

/**
 * What the simulator does not say; what all providers promise is in `ProviderContractTest` of the
 * integration tests.
 */
class StreamEndsTest {

  private static Heard call(WireServer.Script script) throws Exception {
    return call("openai", script);
  }

  private static Heard call(String provider, WireServer.Script script) throws Exception {
    try (var server = new WireServer(script);
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
  void tokensThatAreNotReportedStayUnknown() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.content("a");
              server.finish("stop");
              server.data("[DONE]");
            });
    assertThat(heard.end().tokens().prompt()).isEmpty();
    assertThat(heard.end().tokens().cached()).isEmpty();
  }

  @Test
  void errorEventsAndErrorFieldsAreFailures() throws Exception {
    var event =
        call(
            server -> {
              server.open();
              server.write(
                  "event: error\ndata: {\"message\":\"x\",\"type\":\"rate_limit_error\"}\n\n");
            });
    var field =
        call(
            server -> {
              server.open();
              server.content("x");
              server.write("error: {\"code\":500,\"message\":\"x\"}\n\n");
              server.data("[DONE]");
            });
    assertThat(failure(event.end())).isEqualTo(FailureCode.RATE_LIMITED);
    assertThat(failure(field.end())).isEqualTo(FailureCode.MODEL_ERROR);
  }

  @Test
  void documentsInPlaceOfAStreamAreNoReply() throws Exception {
    var page = call(server -> server.respond(200, "Content-Type: text/html\r\n", "<html>hello"));
    var error =
        call(
            server ->
                server.respond(
                    200,
                    "Content-Type: application/json\r\n",
                    "{\"error\":{\"type\":\"overloaded_error\"}}"));
    assertThat(failure(page.end())).isEqualTo(FailureCode.MALFORMED);
    assertThat(failure(error.end())).isEqualTo(FailureCode.OVERLOADED);
  }

  @Test
  void aRefusalIsARefusalThoughTheStreamStopsWell() throws Exception {
    var refusal =
        call(
            server -> {
              server.open();
              server.data("{\"choices\":[{\"delta\":{\"refusal\":\"no\"}}]}");
              server.finish("stop");
            });
    assertThat(failure(refusal.end())).isEqualTo(FailureCode.REFUSED);
  }

  @Test
  void geminiRefusesAPromptWithoutACandidate() throws Exception {
    var refusal =
        call(
            "gemini",
            server -> {
              server.open();
              server.data("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");
            });
    assertThat(failure(refusal.end())).isEqualTo(FailureCode.REFUSED);
  }
}
