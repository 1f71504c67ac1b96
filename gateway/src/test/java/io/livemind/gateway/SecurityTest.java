package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.gateway.handle.EventId;
import io.livemind.gateway.handle.EventIds;
import io.livemind.gateway.handle.Signature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTest {
  private static final String ADA = "key-of-ada-0123456789";
  private static final String BOB = "key-of-bob-0123456789";

  private static final Gateway gateway = Gateway.start();
  private static final Gateway guarded =
      Gateway.with(new Auth.ApiKeys(Map.of(ADA, "ada", BOB, "bob")), Limits.DEFAULT);

  @AfterAll
  static void stop() {
    gateway.close();
    guarded.close();
  }

  @Test
  void a_page_of_another_origin_may_not_post_read_or_connect() {
    var post =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/sessions"))
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{}")));
    String handle = gateway.open().path("handle").asText();
    var read =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events"))
                .header("Origin", "null"));

    assertThat(post.statusCode()).isEqualTo(403);
    assertThat(post.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(read.statusCode()).isEqualTo(403);
    assertThatThrownBy(() -> connect("https://evil.example"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void the_page_itself_and_an_origin_that_was_allowed_may() {
    String own = "http://127.0.0.1:" + gateway.app.uri().getPort();

    connect(own).abort();
    connect("https://friend.example").abort();
  }

  @Test
  void a_page_of_an_allowed_origin_may_send_what_it_asks_for_and_read_when_to_come_back() {
    String wanted = "authorization,content-type,x-stainless-lang,x-stainless-retry-count";

    var answer = preflight("https://friend.example", wanted);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains(wanted);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
        .contains("Retry-After");
    assertThat(preflight("https://evil.example", wanted).headers().map())
        .doesNotContainKey("access-control-allow-headers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,,b", "x-a: b", "*,<script>", ","})
  void what_is_no_list_of_header_names_is_not_repeated(String wanted) {
    assertThat(
            preflight("https://friend.example", wanted)
                .headers()
                .firstValue("Access-Control-Allow-Headers"))
        .contains("Authorization, Content-Type, Last-Event-ID");
  }

  private static HttpResponse<String> preflight(String origin, String headers) {
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", headers)
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  @Test
  void a_name_that_is_not_ours_is_refused_so_that_no_rebinding_helps() throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("forbidden_host");
  }

  @Test
  void who_shows_no_key_is_told_to() {
    var answer = guarded.post("/v1/sessions", "{}");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void a_foreign_a_forged_and_no_session_look_the_same() {
    String adas = Gateway.json(as(ADA, "POST", "/v1/sessions").body()).path("handle").asText();
    int heard = guarded.topology.received.size();

    var foreign = as(BOB, "DELETE", "/v1/sessions/" + adas);
    var forged = as(ADA, "DELETE", "/v1/sessions/" + "A".repeat(82));
    var path = as(ADA, "GET", "/v1/nothing");

    // Neither is looked for anywhere: the time tells nothing.
    assertThat(guarded.topology.received).hasSize(heard);
    assertThat(as(ADA, "DELETE", "/v1/sessions/" + adas).statusCode()).isEqualTo(204);
    assertThat(List.of(foreign.statusCode(), forged.statusCode(), path.statusCode()))
        .containsOnly(404);
    assertThat(foreign.body()).isEqualTo(forged.body()).isEqualTo(path.body());
    assertThat(foreign.headers().map().keySet()).isEqualTo(forged.headers().map().keySet());
  }

  @Test
  void an_event_id_of_another_session_resumes_nothing() {
    String handle = gateway.open().path("handle").asText();
    String foreign =
        new EventIds(new Signature(List.of(Gateway.KEY)))
            .write("another-session", new EventId(Gateway.TOPIC, 0, 0));

    var answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events"))
                .header("Last-Event-ID", foreign));

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void a_browser_signs_in_for_a_cookie_that_scripts_and_other_sites_cannot_use() {
    var signIn = as(ADA, "POST", "/v1/sign-in");
    String cookie = signIn.headers().firstValue("Set-Cookie").orElse("");

    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(ADA);
    var answer =
        guarded.send(
            HttpRequest.newBuilder(guarded.uri("/v1/models"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(as("wrong-key-0123456789", "POST", "/v1/sign-in").statusCode()).isEqualTo(401);
  }

  @Test
  void a_cookie_is_worth_nothing_where_its_key_is_no_longer_configured_for_its_user() {
    String cookie = cookie();
    for (Map<String, String> keys : List.of(Map.of(BOB, "ada"), Map.of(ADA, "bob")))
      try (var later = Gateway.with(new Auth.ApiKeys(keys), Limits.DEFAULT)) {
        assertThat(models(later, cookie)).isEqualTo(401);
      }
    try (var later =
        Gateway.with(new Auth.ApiKeys(Map.of(ADA, "ada", BOB, "ada")), Limits.DEFAULT)) {
      assertThat(models(later, cookie)).isEqualTo(200);
    }
  }

  @Test
  void a_cookie_brings_no_other_cookie() {
    var again =
        guarded.send(
            HttpRequest.newBuilder(guarded.uri("/v1/sign-in"))
                .header("Cookie", cookie())
                .POST(BodyPublishers.noBody()));

    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
  }

  private String cookie() {
    String set = as(ADA, "POST", "/v1/sign-in").headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static int models(Gateway at, String cookie) {
    return at.send(HttpRequest.newBuilder(at.uri("/v1/models")).header("Cookie", cookie))
        .statusCode();
  }

  @Test
  void every_response_forbids_what_the_page_does_not_need() {
    var page = gateway.send(HttpRequest.newBuilder(gateway.uri("/")));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/nothing", "/v1/sessions/%00", "/v1/sessions/%ff%fe"})
  void what_fails_or_is_no_request_forbids_the_same(String path) {
    var page = gateway.send(HttpRequest.newBuilder(gateway.uri("/")));
    var failed = gateway.send(HttpRequest.newBuilder(gateway.uri(path)));

    assertThat(failed.statusCode()).isIn(400, 404);
    for (String header :
        List.of(
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy"))
      assertThat(failed.headers().allValues(header))
          .isNotEmpty()
          .isEqualTo(page.headers().allValues(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../Edge.class", "%2e%2e/Edge.class", "package-info.class", "x.js"})
  void only_the_page_can_be_had_from_the_class_path(String name) throws IOException {
    String answer =
        raw("GET /page/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"model\":7}", "{\"modle\":\"livemind\"}", "\u0000", "nul"})
  void a_body_that_makes_no_sense_is_refused_with_field_and_reason_and_no_trace(String body) {
    var answer = gateway.post("/v1/sessions", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    var error = Gateway.json(answer.body()).path("error");
    assertThat(error.path("field").asText()).isNotEmpty();
    assertThat(error.path("message").asText()).startsWith(error.path("field").asText());
  }

  @Test
  void health_and_metrics_are_not_told_where_clients_are() {
    for (String path : List.of("/readyz", "/livez", "/metrics"))
      assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri(path))).statusCode())
          .isEqualTo(404);
  }

  private WebSocket connect(String origin) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var uri = URI.create("ws://127.0.0.1:" + gateway.app.uri().getPort() + "/v1/live");
      var socket =
          http.newWebSocketBuilder()
              .header("Origin", origin)
              .buildAsync(uri, new WebSocket.Listener() {})
              .join();
      socket.abort();
      http.shutdownNow();
      return socket;
    }
  }

  private HttpResponse<String> as(String key, String method, String path) {
    return guarded.send(
        HttpRequest.newBuilder(guarded.uri(path))
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofString(method.equals("POST") ? "{}" : "")));
  }

  /** An HTTP client would not send this. */
  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.app.uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
