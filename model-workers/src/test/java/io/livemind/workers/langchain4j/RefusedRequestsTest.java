package io.livemind.workers.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.model.ModelOutcome.Failed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that a server does not take fails with the one name that fits. */
class RefusedRequestsTest {

  private static Failed refused(int status, String headers, String body) throws Exception {
    try (var server = new WireServer(exchange -> exchange.respond(status, headers, body));
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      return (Failed) heard.end();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, context_length_exceeded, CONTEXT_TOO_LONG",
    "400, exceed_context_size_error, 400, CONTEXT_TOO_LONG",
    "400, invalid_request_error, content_filter, REFUSED",
    "400, invalid_request_error, '', BAD_REQUEST",
    "401, invalid_request_error, invalid_api_key, UNAUTHORISED",
    "400, INVALID_ARGUMENT, API_KEY_INVALID, UNAUTHORISED",
    "403, permission_error, '', UNAUTHORISED",
    "402, '', '', OUT_OF_CREDIT",
    "404, invalid_request_error, model_not_found, MODEL_UNKNOWN",
    "413, request_too_large, '', CONTEXT_TOO_LONG",
    "422, '', '', BAD_REQUEST",
    "429, requests, rate_limit_exceeded, RATE_LIMITED",
    "429, insufficient_quota, insufficient_quota, OUT_OF_CREDIT",
    "500, server_error, '', MODEL_ERROR",
    "502, '', '', MODEL_ERROR",
    "503, unavailable_error, 503, OVERLOADED",
    "529, overloaded_error, '', OVERLOADED",
  })
  void statusAndNamesTellTheFailure(int status, String type, String code, FailureCode expected)
      throws Exception {
    String body =
        "{\"error\":{\"message\":\"secret prompt\",\"type\":\"%s\",\"code\":\"%s\"}}"
            .formatted(type, code);
    Failed failed = refused(status, "", body);
    assertThat(failed.code()).isEqualTo(expected);
    assertThat(failed.reason()).contains("HTTP " + status).doesNotContain("secret");
  }

  @Test
  void aPageInPlaceOfAnErrorIsJudgedByItsStatus() throws Exception {
    assertThat(refused(502, "Content-Type: text/html\r\n", "<html>Bad gateway").code())
        .isEqualTo(FailureCode.MODEL_ERROR);
  }

  @Test
  void theTimeToWaitIsKept() throws Exception {
    String body = "{\"error\":{\"code\":\"rate_limit_exceeded\"}}";
    assertThat(refused(429, "Retry-After: 7\r\n", body).retryAfter())
        .contains(Duration.ofSeconds(7));
    assertThat(refused(429, "retry-after-ms: 250\r\n", body).retryAfter())
        .contains(Duration.ofMillis(250));
    assertThat(refused(429, "", body).retryAfter()).isEmpty();
    assertThat(refused(429, "Retry-After: soon\r\n", body).retryAfter()).isEmpty();
    assertThat(
            refused(
                    429,
                    "",
                    "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"retryDelay\":\"37s\"}]}}")
                .retryAfter())
        .contains(Duration.ofSeconds(37));
  }

  @Test
  void aLimitThatNamesATimeToWaitIsNoEmptyAccount() throws Exception {
    String gemini =
        "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"You exceeded"
            + " your current quota, please check your plan and billing details.\"%s}}";
    String wait = ",\"details\":[{\"retryDelay\":\"37s\"}]";
    assertThat(refused(429, "", gemini.formatted(wait)).code()).isEqualTo(FailureCode.RATE_LIMITED);
    assertThat(refused(429, "", gemini.formatted("")).code()).isEqualTo(FailureCode.OUT_OF_CREDIT);
  }

  /** A server that begins the body of its refusal and goes on as the script does. */
  private static Failed begun(String head, WireServer.Script then) throws Exception {
    try (var server =
            new WireServer(
                exchange -> {
                  exchange.write("HTTP/1.1 " + head);
                  then.play(exchange);
                });
        var client =
            new LangChain4jModelClient(Calls.replica("openai", server.baseUrl(), Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      return (Failed) heard.end();
    }
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "503, OVERLOADED"})
  void aRefusalWhoseTextNeverEndsIsARefusal(int status, FailureCode expected) throws Exception {
    String head = status + " X\r\nRetry-After: 30\r\nContent-Length: 1000\r\n\r\n{\"err";
    Failed failed = begun(head, WireServer.Exchange::awaitClientGone);
    assertThat(failed.code()).isEqualTo(expected);
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "503, OVERLOADED"})
  void aRefusalThatBreaksOffIsARefusal(int status, FailureCode expected) throws Exception {
    String head = status + " X\r\nRetry-After: 30\r\nContent-Length: 1000\r\n\r\n{\"err";
    Failed failed = begun(head, closes -> {});
    assertThat(failed.code()).isEqualTo(expected);
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(30));
  }

  @Test
  void theTextOfARefusalCountsThoughItsEndIsMissing() throws Exception {
    String head =
        "429 X\r\nContent-Length: 1000\r\n\r\n{\"error\":{\"type\":\"insufficient_quota\"}}\n";
    assertThat(begun(head, WireServer.Exchange::awaitClientGone).code())
        .isEqualTo(FailureCode.OUT_OF_CREDIT);
  }

  @Test
  void aDocumentInPlaceOfAStreamIsNotWaitedFor() throws Exception {
    String head = "200 X\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>";
    assertThat(begun(head, WireServer.Exchange::awaitClientGone).code())
        .isEqualTo(FailureCode.MALFORMED);
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    var nowhere = URI.create("http://127.0.0.1:" + port + "/v1");
    try (var client = new LangChain4jModelClient(Calls.replica("openai", nowhere, Calls.PATIENT))) {
      var heard = new Heard();
      client.start(Calls.request(), heard);
      assertThat(((Failed) heard.end()).code()).isEqualTo(FailureCode.UNREACHABLE);
    }
  }
}
