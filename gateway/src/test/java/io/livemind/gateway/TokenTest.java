package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * FAULTS 14, 32: who holds a token of the issuer comes in, as long as it is good, and nobody else.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TokenTest {
  private static final Issuer issuer = new Issuer();
  private static final Gateway gateway = Gateway.with(issuer.auth(), Limits.DEFAULT);

  @AfterAll
  static void stop() {
    gateway.close();
    issuer.close();
  }

  @Test
  void a_session_belongs_to_the_subject_of_the_token() {
    String handle = handle(issuer.token("ada"));

    var foreign = with(issuer.token("bob"), "DELETE", "/v1/sessions/" + handle);
    var own = with(issuer.token("ada"), "DELETE", "/v1/sessions/" + handle);

    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(own.statusCode()).isEqualTo(204);
  }

  @Test
  void every_token_that_is_not_good_gets_the_same_401() {
    Instant later = Instant.now().plusSeconds(600);
    Stream<String> bad =
        Stream.of(
            "garbage",
            issuer.signed(Issuer.claims("ada", later).audience("another-service")),
            issuer.signed(Issuer.claims("ada", later).issuer("https://evil.example")),
            issuer.signed(Issuer.claims("ada", Instant.now().minusSeconds(60))),
            issuer.signed(Issuer.claims("", later)),
            issuer.signed(Issuer.claims("ada", later).expirationTime(null)),
            issuer.signedWithThePublicKey(Issuer.claims("ada", later)),
            Issuer.unsigned(Issuer.claims("ada", later)));

    List<HttpResponse<String>> answers =
        bad.map(token -> with(token, "POST", "/v1/sessions")).toList();

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401);
    assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
  }

  @Test
  void a_rotated_key_is_found_without_a_restart() {
    try (var rotating = new Issuer();
        var guarded = Gateway.with(rotating.auth(), Limits.DEFAULT)) {
      assertThat(open(guarded, rotating.token("ada")).statusCode()).isEqualTo(201);
      String old = rotating.token("ada");

      rotating.rotate();

      assertThat(open(guarded, rotating.token("ada")).statusCode()).isEqualTo(201);
      assertThat(open(guarded, old).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_cookie_ends_with_the_key_that_signed_its_token() {
    try (var rotating = new Issuer();
        var guarded = Gateway.with(rotating.auth(), Limits.DEFAULT)) {
      String cookie = signIn(guarded, rotating.token("ada"));
      assertThat(models(guarded, cookie)).isEqualTo(200);

      rotating.rotate();
      // Makes the gateway look for keys now, and not in five minutes.
      open(guarded, rotating.token("ada"));

      assertThat(models(guarded, cookie)).isEqualTo(401);
    }
  }

  @Test
  void a_cookie_ends_so_though_its_token_does_not_tell_its_key() {
    try (var several = new Issuer();
        var guarded = Gateway.with(several.auth(), Limits.DEFAULT)) {
      several.addAnother();
      Instant later = Instant.now().plusSeconds(600);
      String cookie = signIn(guarded, several.signedWithoutName(Issuer.claims("ada", later)));
      assertThat(models(guarded, cookie)).isEqualTo(200);

      several.rotate();
      open(guarded, several.token("ada"));

      assertThat(models(guarded, cookie)).isEqualTo(401);
    }
  }

  @Test
  void a_cookie_ends_with_its_token() {
    Instant later = Instant.now().plusSeconds(600);

    String cookie = signIn(gateway, issuer.signed(Issuer.claims("ada", later)));

    assertThat(until(cookie)).isBetween(later.minusSeconds(2), later.plusSeconds(3));
  }

  private static String signIn(Gateway at, String token) {
    var answer =
        at.send(
            HttpRequest.newBuilder(at.uri("/v1/sign-in"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static int models(Gateway at, String cookie) {
    return at.send(HttpRequest.newBuilder(at.uri("/v1/models")).header("Cookie", cookie))
        .statusCode();
  }

  /** Behind the 32 characters of the owner stands when it expires. */
  private static Instant until(String cookie) {
    byte[] data = Base64.getUrlDecoder().decode(cookie.substring(cookie.indexOf('=') + 1));
    return Instant.ofEpochMilli(ByteBuffer.wrap(data).getLong(32));
  }

  @Test
  void without_the_issuers_keys_the_gateway_is_unavailable_and_lets_nobody_in() {
    var gone = new Issuer();
    Auth.Tokens auth = gone.auth();
    String token = gone.token("ada");
    gone.close();
    try (var guarded = Gateway.with(auth, Limits.DEFAULT)) {
      assertThat(open(guarded, token).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void a_stream_ends_when_its_token_expires_and_resumes_with_a_new_one() {
    String handle = handle(issuer.token("ada"));
    String brief = brief();
    var request =
        HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events"))
            .header("Authorization", "Bearer " + brief);

    String stream = gateway.send(request).body();

    assertThat(stream).contains("caught_up").contains("\"code\":\"expired\"");
  }

  @Test
  void a_web_socket_closes_when_its_token_expires() throws Exception {
    String brief = brief();
    var closed = new CompletableFuture<Integer>();
    WebSocket socket = connect("", brief, closed);

    socket.sendText("{\"type\":\"open\"}", true).get();

    assertThat(closed.get()).isEqualTo(1008);
  }

  @Test
  void a_ticket_opens_one_stream_and_is_worth_nothing_then() throws Exception {
    String ticket = ticket(issuer.token("ada"));
    connect("?ticket=" + ticket, "", new CompletableFuture<>()).abort();

    assertThatThrownBy(() -> connect("?ticket=" + ticket, "", new CompletableFuture<>()))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    String handle = handle(issuer.token("ada"));
    var sse =
        HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events?ticket=" + ticket));
    assertThat(gateway.send(sse).statusCode()).isEqualTo(401);
  }

  @Test
  void a_ticket_opens_nothing_but_streams() {
    String ticket = ticket(issuer.token("ada"));

    assertThat(gateway.post("/v1/sessions?ticket=" + ticket, "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_in_the_url_is_no_token() {
    var request =
        HttpRequest.newBuilder(gateway.uri("/v1/models?access_token=" + issuer.token("ada")));

    assertThat(gateway.send(request).statusCode()).isEqualTo(401);
  }

  /**
   * Good for four to five seconds, since the clocks of issuer and gateway may differ by two: on a
   * busy machine, too, it is good when the stream begins.
   */
  private static String brief() {
    return issuer.signed(Issuer.claims("ada", Instant.now().plusSeconds(3)));
  }

  private static String ticket(String token) {
    JsonNode json = Gateway.json(with(token, "POST", "/v1/tickets").body());
    assertThat(json.path("expiresInSeconds").asInt()).isEqualTo(30);
    return json.path("ticket").asText();
  }

  private static String handle(String token) {
    return Gateway.json(open(gateway, token).body()).path("handle").asText();
  }

  private static HttpResponse<String> open(Gateway at, String token) {
    return at.send(
        HttpRequest.newBuilder(at.uri("/v1/sessions"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString("{}")));
  }

  private static HttpResponse<String> with(String token, String method, String path) {
    var body = method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri(path))
            .header("Authorization", "Bearer " + token)
            .method(method, body));
  }

  private static WebSocket connect(String query, String token, CompletableFuture<Integer> closed) {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
          }
        };
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (!token.isEmpty()) builder.header("Authorization", "Bearer " + token);
    int port = gateway.app.uri().getPort();
    return builder
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/live" + query), listener)
        .join();
  }
}
