package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.gateway.openai.ChatFailure;
import io.livemind.schemas.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** docs/openapi.json is what the gateway does: every route, and the shape of every response. */
class OpenApiTest {
  private static final String KEY = "key-of-ada-0123456789";
  private static final String CHAT =
      "{'model':'livemind','messages':[{'role':'user','content':'Why?'}]}";

  /** What only a broken log or a model's failure brings: shown elsewhere. */
  private static final Set<String> NOT_PROVOKED = Set.of("500", "502", "503", "504");

  private static final JsonNode DOCUMENT = document();
  private static final JsonShape SHAPE = new JsonShape(DOCUMENT);

  private static final Gateway open = Gateway.start();
  private static final Gateway guarded =
      Gateway.with(new Auth.ApiKeys(Map.of(KEY, "ada")), Limits.DEFAULT);
  private static final Gateway strict =
      Gateway.with(new Auth.None(), new Limits(200, 10, 1, 1, 1, 100, Duration.ofSeconds(10)));

  private final Set<String> seen = new TreeSet<>();

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
    strict.close();
  }

  @Test
  void every_route_of_the_interface_is_described_and_no_other() {
    var described = new TreeSet<String>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    List<String> routes =
        open.app.routes().stream()
            .filter(route -> route.contains(" /v1/") && !route.startsWith("OPTIONS"))
            .toList();

    assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void it_is_served() {
    var served = open.send(HttpRequest.newBuilder(open.uri("/v1/openapi.json")));

    assertThat(Gateway.json(served.body())).isEqualTo(DOCUMENT);
  }

  @Test
  void every_response_has_the_shape_that_is_described_and_every_description_is_seen() {
    String handle = open.open().path("handle").asText();
    String session = "/v1/sessions/" + handle;
    String typed = "{'fragments':[{'sequence':1,'turn':0,'kind':'append','text':'Why? '}]}";
    check(open, "POST", "/v1/sessions", "/v1/sessions", "{}");
    check(open, "POST", "/v1/sessions", "/v1/sessions", "{'modle':1}");
    check(open, "POST", "/v1/sessions", "/v1/sessions", "{'model':'gpt-7'}");
    check(open, "POST", "/v1/sessions/{handle}/fragments", session + "/fragments", typed);
    check(open, "POST", "/v1/sessions/{handle}/fragments", session + "/fragments", "[]");
    check(open, "POST", "/v1/sessions/{handle}/fragments", "/v1/sessions/x/fragments", typed);
    check(open, "GET", "/v1/sessions/{handle}/events", "/v1/sessions/x/events", "");
    check(open, "GET", "/v1/models", "/v1/models", "");
    check(open, "GET", "/v1/openapi.json", "/v1/openapi.json", "");
    check(open, "POST", "/v1/chat/completions", "/v1/chat/completions", CHAT);
    check(open, "POST", "/v1/chat/completions", "/v1/chat/completions", "{}");
    String unknown = CHAT.replace("livemind", "gpt-7");
    check(open, "POST", "/v1/chat/completions", "/v1/chat/completions", unknown);
    check(open, "DELETE", "/v1/sessions/{handle}", session, "");
    check(open, "DELETE", "/v1/sessions/{handle}", "/v1/sessions/x", "");
    checkLimits(typed);
    checkWho(handle, typed);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(described());
  }

  private void checkLimits(String typed) {
    var opened = check(strict, "POST", "/v1/sessions", "/v1/sessions", "{}");
    String handle = Gateway.json(opened.body()).path("handle").asText();
    String fragments = "/v1/sessions/" + handle + "/fragments";
    check(strict, "POST", "/v1/sessions", "/v1/sessions", "{}");
    check(strict, "POST", "/v1/sessions", "/v1/sessions", " ".repeat(300));
    check(strict, "POST", "/v1/chat/completions", "/v1/chat/completions", CHAT);
    check(strict, "POST", "/v1/chat/completions", "/v1/chat/completions", " ".repeat(300));
    String tooLong = typed.replace("Why? ", "Why? Why? Why? ");
    check(strict, "POST", "/v1/sessions/{handle}/fragments", fragments, tooLong);
    for (int i = 0; i < 6; i++)
      check(strict, "POST", "/v1/sessions/{handle}/fragments", fragments, typed);
    try (var reading = strict.events(handle, Optional.empty())) {
      reading.await("caught_up");
      check(
          strict,
          "GET",
          "/v1/sessions/{handle}/events",
          fragments.replace("fragments", "events"),
          "");
      checkUpgrade(strict, Optional.empty());
    }
  }

  private void checkWho(String handle, String typed) {
    String session = "/v1/sessions/" + handle;
    List<List<String>> requests =
        List.of(
            List.of("POST", "/v1/sign-in", "/v1/sign-in", ""),
            List.of("POST", "/v1/tickets", "/v1/tickets", ""),
            List.of("POST", "/v1/sessions", "/v1/sessions", "{}"),
            List.of("POST", "/v1/sessions/{handle}/fragments", session + "/fragments", typed),
            List.of("GET", "/v1/sessions/{handle}/events", session + "/events", ""),
            List.of("DELETE", "/v1/sessions/{handle}", session, ""),
            List.of("GET", "/v1/models", "/v1/models", ""),
            List.of("POST", "/v1/chat/completions", "/v1/chat/completions", CHAT),
            List.of("GET", "/v1/openapi.json", "/v1/openapi.json", ""));
    for (List<String> request : requests) {
      String method = request.get(0);
      String path = request.get(1);
      check(guarded, method, path, request.get(2), request.get(3));
      HttpRequest.Builder elsewhere = request(guarded, method, request.get(2), request.get(3));
      check(method, path, guarded.send(elsewhere.header("Origin", "https://evil.example")));
    }
    checkUpgrade(guarded, Optional.empty());
    checkUpgrade(guarded, Optional.of("https://evil.example"));
    for (String path : List.of("/v1/sign-in", "/v1/tickets"))
      check(
          "POST",
          path,
          guarded.send(
              request(guarded, "POST", path, "").header("Authorization", "Bearer " + KEY)));
  }

  /** Only the status of a refused upgrade reaches a client. */
  private void checkUpgrade(Gateway at, Optional<String> origin) {
    URI live = URI.create("ws://127.0.0.1:" + at.app.uri().getPort() + "/v1/live");
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket.Builder builder = client.newWebSocketBuilder();
      origin.ifPresent(known -> builder.header("Origin", known));
      var refused =
          catchThrowableOfType(
              CompletionException.class,
              () -> builder.buildAsync(live, new WebSocket.Listener() {}).join());
      assertThat(refused.getCause())
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              reason -> seen.add("GET /v1/live " + reason.getResponse().statusCode()));
    }
  }

  @Test
  void every_status_of_a_turn_that_came_to_nothing_is_described() {
    JsonNode responses =
        DOCUMENT.path("paths").path("/v1/chat/completions").path("post").path("responses");

    for (FailureCode code : FailureCode.values())
      assertThat(responses.has(Integer.toString(ChatFailure.of(code).status())))
          .as(code.code())
          .isTrue();
  }

  @Test
  void every_event_and_message_has_the_shape_that_is_described() {
    open.topology.answers("It ", "is.");
    try (var live = open.live()) {
      live.say("{'type':'open'}").await("session");
      live.say(
          "{'type':'fragment','sequence':1,'turn':0,'kind':'append','text':'One. Two is more. '}");
      live.await("inferred");
      live.say(
          "{'type':'fragment','sequence':2,'turn':0,'kind':'replace','position':0,"
              + "'deletedLength':3,'text':'Two'}");
      live.await("revised");
      live.say("{'type':'fragment','sequence':9,'turn':0,'kind':'nothing'}").await("error");
      live.say(
          "{'type':'fragment','sequence':3,'turn':0,'kind':'submit','length':1,'hash':'0000000000000000'}");
      live.await("rejected");
      live.say("{'type':'delete'}").await("closed");
      for (JsonNode message : live.messages)
        assertThat(SHAPE.faults(SHAPE.named("LiveServerMessage"), message)).isEmpty();
    }
    String handle = open.open().path("handle").asText();
    try (var stream = open.events(handle, Optional.empty())) {
      stream.await("caught_up");
      for (JsonNode message : stream.messages)
        assertThat(SHAPE.faults(SHAPE.named("StreamMessage"), message)).isEmpty();
    }
  }

  @Test
  void every_piece_of_a_streamed_completion_has_the_shape_that_is_described() {
    String body =
        open.post("/v1/chat/completions", CHAT.replace("}]}", "}],'stream':true}")).body();

    List<String> data =
        body.lines()
            .filter(line -> line.startsWith("data: {"))
            .map(line -> line.substring(6))
            .toList();

    assertThat(data).hasSizeGreaterThan(2);
    for (String piece : data)
      assertThat(SHAPE.faults(SHAPE.named("ChatStreamData"), Gateway.json(piece))).isEmpty();
  }

  private HttpResponse<String> check(
      Gateway at, String method, String path, String uri, String body) {
    return check(method, path, at.send(request(at, method, uri, body)));
  }

  private HttpResponse<String> check(String method, String path, HttpResponse<String> answer) {
    String status = Integer.toString(answer.statusCode());
    String name = method + " " + path + " " + status;
    seen.add(name);
    JsonNode response =
        DOCUMENT
            .path("paths")
            .path(path)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(status);
    assertThat(response.isMissingNode()).as("not described: " + name).isFalse();
    JsonNode schema = response.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) assertThat(answer.body()).as(name).isEmpty();
    else assertThat(SHAPE.faults(schema, Gateway.json(answer.body()))).as(name).isEmpty();
    boolean retry = response.path("headers").has("Retry-After");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).as(name).isEqualTo(retry);
    return answer;
  }

  private static HttpRequest.Builder request(Gateway at, String method, String uri, String body) {
    return HttpRequest.newBuilder(at.uri(uri))
        .method(
            method,
            body.isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body.replace('\'', '"')));
  }

  /** What can be seen without a browser's upgrade or an endless stream. */
  private static Set<String> described() {
    var described = new TreeSet<String>();
    for (var path : DOCUMENT.path("paths").properties())
      for (var operation : path.getValue().properties())
        operation
            .getValue()
            .path("responses")
            .fieldNames()
            .forEachRemaining(
                status -> {
                  String method = operation.getKey().toUpperCase(Locale.ROOT);
                  if (!NOT_PROVOKED.contains(status))
                    described.add(method + " " + path.getKey() + " " + status);
                });
    described.remove("GET /v1/live 101");
    described.remove("GET /v1/sessions/{handle}/events 200");
    return described;
  }

  private static JsonNode document() {
    try {
      return Gateway.json(Files.readString(Path.of("../docs/openapi.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
