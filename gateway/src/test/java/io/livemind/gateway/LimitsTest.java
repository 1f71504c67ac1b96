package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.gateway.Gateway.LiveClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** FAULTS 17: whoever asks for too much is told which limit, and when to come back. */
class LimitsTest {
  private static final Limits STRICT = new Limits(2_000, 100, 1, 2, 2, 10, Duration.ofSeconds(1));

  @Test
  void a_body_beyond_message_bytes_is_413() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      var answer = gateway.post("/v1/sessions", "{'system':'" + "x".repeat(2_000) + "'}");

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("message-bytes");
    }
  }

  @Test
  void a_fragment_beyond_fragment_length_is_413_and_types_nothing() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      var answer = type(gateway, gateway.open().path("handle").asText(), 0, "x".repeat(101));

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("fragment-length");
      assertThat(gateway.topology.received).hasSize(1);
    }
  }

  @Test
  void more_than_fragments_per_second_are_429() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      String handle = gateway.open().path("handle").asText();
      for (int i = 0; i < 4; i++)
        assertThat(type(gateway, handle, i, "x").statusCode()).isEqualTo(202);

      // Four at once, and one more a second: a machine that stands still earns one or two.
      HttpResponse<String> refused = type(gateway, handle, 4, "x");
      for (int i = 5; refused.statusCode() == 202; i++) refused = type(gateway, handle, i, "x");

      assertTooMany(refused, "fragments-per-second = 1");
    }
  }

  @Test
  void a_request_with_more_than_there_is_left_types_nothing_and_passes_later() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      String handle = gateway.open().path("handle").asText();
      int first = 0;
      while (typeFour(gateway, handle, first).statusCode() == 202) first += 4;
      int next = first;

      assertThat(gateway.topology.received).hasSize(1 + next);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> typeFour(gateway, handle, next).statusCode() == 202);
      assertThat(gateway.topology.received).hasSize(1 + next + 4);
    }
  }

  private static HttpResponse<String> typeFour(Gateway gateway, String handle, int first) {
    String fragments =
        IntStream.range(first, first + 4)
            .mapToObj("{'sequence':%d,'turn':0,'kind':'append','text':'x'}"::formatted)
            .collect(Collectors.joining(","));
    return gateway.post(
        "/v1/sessions/" + handle + "/fragments", "{'fragments':[" + fragments + "]}");
  }

  @Test
  void more_than_sessions_per_minute_are_429() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      gateway.open();
      gateway.open();

      assertTooMany(gateway.post("/v1/sessions", "{}"), "sessions-per-minute = 2");
    }
  }

  @Test
  void more_than_connections_per_address_are_429_until_one_is_closed() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      String handle = gateway.open().path("handle").asText();
      try (var first = gateway.live();
          var second = gateway.live()) {
        var stream =
            gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events")));

        assertTooMany(stream, "connections-per-address = 2");
        assertThat(statusOfUpgrade(gateway)).isEqualTo(429);
        first.close();
        Gateway.eventually(() -> statusOfUpgrade(gateway) == 101);
        assertThat(second.closed).isZero();
      }
    }
  }

  @Test
  void behind_a_load_balancer_the_connections_of_each_client_are_counted() {
    var loopback = TrustedProxies.of(List.of("127.0.0.1"));
    try (var gateway = Gateway.behind(loopback, STRICT)) {
      String handle = gateway.open().path("handle").asText();
      try (var first = gateway.live("203.0.113.1");
          var second = gateway.live("203.0.113.2");
          var third = gateway.live("203.0.113.3");
          var again = gateway.live("198.51.100.9, 203.0.113.1")) {
        var stream =
            HttpRequest.newBuilder(gateway.uri("/v1/sessions/" + handle + "/events"))
                .header(TrustedProxies.HEADER, "203.0.113.1");

        assertThat(statusOfUpgrade(() -> gateway.live("203.0.113.1"))).isEqualTo(429);
        assertThat(statusOfUpgrade(() -> gateway.live("198.51.100.8, 203.0.113.1"))).isEqualTo(429);
        assertTooMany(gateway.send(stream), "connections-per-address = 2");
        assertThat(first.closed + second.closed + third.closed + again.closed).isZero();
      }
    }
  }

  @Test
  void what_a_client_says_of_itself_is_not_believed() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT);
        var first = gateway.live("203.0.113.1");
        var second = gateway.live("203.0.113.2")) {
      assertThat(statusOfUpgrade(() -> gateway.live("203.0.113.3"))).isEqualTo(429);
      assertThat(first.closed + second.closed).isZero();
    }
  }

  @Test
  void sockets_that_come_all_at_once_are_no_more_than_connections_per_address() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      List<CompletableFuture<Integer>> statuses =
          IntStream.range(0, 20)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(gateway::live, Thread::startVirtualThread)
                          .handle((_, refused) -> refused == null ? 101 : statusOf(refused)))
              .toList();

      assertThat(statuses.stream().map(CompletableFuture::join).sorted())
          .startsWith(101, 101, 429)
          .endsWith(429)
          .hasSize(20);
    }
  }

  @Test
  void what_only_looks_like_an_upgrade_takes_no_place() {
    try (var gateway = Gateway.with(new Auth.None(), STRICT)) {
      for (int i = 0; i < 5; i++) assertThat(halfAnUpgrade(gateway).statusCode()).isNotIn(101, 429);

      assertThat(statusOfUpgrade(gateway)).isEqualTo(101);
    }
  }

  private static HttpResponse<String> halfAnUpgrade(Gateway gateway) {
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri("/v1/live")).header("Sec-WebSocket-Version", "13"));
  }

  private static HttpResponse<String> type(
      Gateway gateway, String handle, int sequence, String text) {
    return gateway.post(
        "/v1/sessions/" + handle + "/fragments",
        "{'fragments':[{'sequence':%d,'turn':0,'kind':'append','text':'%s'}]}"
            .formatted(sequence, text));
  }

  private static void assertTooMany(HttpResponse<String> answer, String limit) {
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    assertThat(answer.body()).contains(limit);
  }

  private static int statusOfUpgrade(Gateway gateway) {
    return statusOfUpgrade(gateway::live);
  }

  private static int statusOfUpgrade(Supplier<LiveClient> opening) {
    try (LiveClient live = opening.get()) {
      return 101;
    } catch (CompletionException refused) {
      return statusOf(refused);
    }
  }

  private static int statusOf(Throwable refused) {
    if (refused.getCause() instanceof WebSocketHandshakeException handshake)
      return handshake.getResponse().statusCode();
    throw new IllegalStateException(refused);
  }
}
