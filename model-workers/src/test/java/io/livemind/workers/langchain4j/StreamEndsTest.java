package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.Timeouts;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Only an honest end is a success, whatever the server does; there is one end each time. */
class StreamEndsTest {

  private static Heard call(WireServer.Script script) throws Exception {
    return call(script, Calls.PATIENT);
  }

  private static Heard call(WireServer.Script script, Timeouts timeouts) throws Exception {
    try (var server = new WireServer(script);
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), timeouts))) {
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
  void aWholeReplyIsFinishedWithItsTextAndItsTokens() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.data("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
              server.content(" Hel");
              server.content("\\n");
              server.content("lo");
              server.finish("stop");
              server.data(
                  "{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,"
                      + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}");
              server.data("[DONE]");
            });
    assertThat(heard.texts()).containsExactly(" Hel", "\n", "lo");
    assertThat(heard.end()).isInstanceOf(Finished.class);
    var finished = (Finished) heard.end();
    assertThat(finished.text()).isEqualTo(" Hel\nlo");
    assertThat(finished.tokens().prompt()).isEqualTo(OptionalInt.of(12));
    assertThat(finished.tokens().completion()).isEqualTo(OptionalInt.of(3));
    assertThat(finished.tokens().cached()).isEqualTo(OptionalInt.of(8));
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
  void aStreamWithoutFinishReasonIsTruncated() throws Exception {
    var withMark =
        call(
            server -> {
              server.open();
              server.content("half");
              server.data("[DONE]");
            });
    var without =
        call(
            server -> {
              server.open();
              server.content("half");
            });
    assertThat(failure(withMark.end())).isEqualTo(FailureCode.TRUNCATED);
    assertThat(failure(without.end())).isEqualTo(FailureCode.TRUNCATED);
    assertThat(without.texts()).containsExactly("half");
  }

  @Test
  void anUnknownFinishReasonIsTruncated() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.content("half");
              server.finish("abort");
              server.data("[DONE]");
            });
    assertThat(failure(heard.end())).isEqualTo(FailureCode.TRUNCATED);
  }

  @Test
  void lengthAndFilterHaveTheirOwnNames() throws Exception {
    var length =
        call(
            server -> {
              server.open();
              server.content("x");
              server.finish("length");
            });
    var filter =
        call(
            server -> {
              server.open();
              server.content("x");
              server.finish("content_filter");
            });
    var refusal =
        call(
            server -> {
              server.open();
              server.data("{\"choices\":[{\"delta\":{\"refusal\":\"no\"}}]}");
              server.finish("stop");
            });
    assertThat(failure(length.end())).isEqualTo(FailureCode.LENGTH_LIMIT);
    assertThat(failure(filter.end())).isEqualTo(FailureCode.REFUSED);
    assertThat(failure(refusal.end())).isEqualTo(FailureCode.REFUSED);
  }

  @Test
  void anErrorInsideTheStreamIsAFailureThoughTheStreamEndsWell() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.content("half");
              server.data("{\"error\":{\"message\":\"engine dead\",\"code\":503}}");
              server.finish("stop");
              server.data("[DONE]");
            });
    assertThat(failure(heard.end())).isEqualTo(FailureCode.OVERLOADED);
    assertThat(((Failed) heard.end()).reason()).doesNotContain("engine dead");
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
  void aChunkThatIsNotJsonIsMalformedAndNothingAfterItCounts() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.content("a");
              server.data("{\"choices\":[{");
              server.content("b");
              server.finish("stop");
              server.data("[DONE]");
            });
    assertThat(failure(heard.end())).isEqualTo(FailureCode.MALFORMED);
    assertThat(heard.texts()).containsExactly("a");
  }

  @Test
  void aConnectionThatBreaksIsDisconnectedAtEveryPhase() throws Exception {
    WireServer.Script beforeHeaders = WireServer.Exchange::reset;
    WireServer.Script beforeToken =
        server -> {
          server.open();
          server.reset();
        };
    WireServer.Script midway =
        server -> {
          server.open();
          server.content("a");
          server.reset();
        };
    for (var script : new WireServer.Script[] {beforeHeaders, beforeToken, midway}) {
      assertThat(failure(call(script).end())).isEqualTo(FailureCode.DISCONNECTED);
    }
  }

  @Test
  void aChunkedBodyThatEndsTooEarlyIsDisconnectedThoughItHasAFinishReason() throws Exception {
    var heard =
        call(
            server -> {
              server.write(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n");
              String event =
                  "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},"
                      + "\"finish_reason\":\"stop\"}]}\n\n";
              server.write(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
            });
    assertThat(failure(heard.end())).isEqualTo(FailureCode.DISCONNECTED);
  }

  @Test
  void anOpenConnectionAfterTheLastEventDoesNotHoldTheReplyBack() throws Exception {
    var heard =
        call(
            server -> {
              server.open();
              server.content("a");
              server.finish("stop");
              server.data("[DONE]");
              server.awaitClientGone();
            });
    assertThat(heard.end()).isInstanceOf(Finished.class);
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
  void bytesMayComeOneByOneAndInsideACodePoint() throws Exception {
    String stream =
        "data: {\"choices\":[{\"delta\":{\"content\":\"é😀\"}}]}\r\n\r\n: ping\r\n\r\n"
            + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n";
    var heard =
        call(
            server -> {
              server.open();
              for (byte one : stream.getBytes(StandardCharsets.UTF_8)) {
                server.write(new byte[] {one});
              }
            });
    assertThat(heard.texts()).containsExactly("é😀");
    assertThat(heard.end()).isInstanceOf(Finished.class);
  }

  @Test
  void silenceHasANameAtEveryPhase() throws Exception {
    var noHeaders =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofMillis(150),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    var noToken =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(9),
            Duration.ofMillis(150),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    var noNext =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(150),
            Duration.ofSeconds(9));
    var noEnd =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(300));
    WireServer.Script silent = WireServer.Exchange::awaitClientGone;
    WireServer.Script comments =
        server -> {
          server.open();
          server.write(": still reading\n\n: still reading\n\n");
          server.awaitClientGone();
        };
    WireServer.Script oneToken =
        server -> {
          server.open();
          server.content("a");
          server.awaitClientGone();
        };
    assertThat(failure(call(silent, noHeaders).end())).isEqualTo(FailureCode.FIRST_TOKEN_TIMEOUT);
    assertThat(failure(call(comments, noToken).end())).isEqualTo(FailureCode.FIRST_TOKEN_TIMEOUT);
    assertThat(failure(call(oneToken, noNext).end())).isEqualTo(FailureCode.IDLE_TIMEOUT);
    assertThat(failure(call(oneToken, noEnd).end())).isEqualTo(FailureCode.TOTAL_TIMEOUT);
  }
}
