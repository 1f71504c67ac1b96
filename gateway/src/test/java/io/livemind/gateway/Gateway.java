package io.livemind.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.gateway.GatewayApp.Pipeline;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.handle.HandleKey;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A gateway on a real socket, with a scripted pipeline behind it, and clients for it. */
final class Gateway implements AutoCloseable {
  static final String TOPIC = "00112233445566778899aabbccddeeff";
  static final HandleKey KEY = HandleKey.ofHex("5a".repeat(32));
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A busy machine keeps a thread waiting for seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final ScriptedTopology topology;
  final GatewayApp app;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpClient http = HttpClient.newHttpClient();

  private Gateway(GatewayConfig config, ScriptedTopology topology, String topicId) {
    this.topology = topology;
    var log = topology.log;
    this.app =
        GatewayApp.start(
            config,
            new Pipeline(topology, log.source(topicId), log.history()),
            new Observation(meters, TurnTraces.NONE));
  }

  /** Streams that have ended for this reason. */
  double ended(Subscription.End reason) {
    return meters
        .get(GatewayMetric.STREAMS_ENDED.metricName())
        .tag("reason", reason.code())
        .counter()
        .count();
  }

  static Gateway start() {
    return beside(new ScriptedTopology(new MemoryLog()));
  }

  /** One more gateway of the same deployment. */
  static Gateway beside(ScriptedTopology topology) {
    return new Gateway(config(new Auth.None(), Limits.DEFAULT, 0), topology, TOPIC);
  }

  static Gateway with(Auth auth, Limits limits) {
    return new Gateway(config(auth, limits, 0), new ScriptedTopology(new MemoryLog()), TOPIC);
  }

  /** A gateway behind load balancers of these addresses. */
  static Gateway behind(TrustedProxies proxies, Limits limits) {
    return new Gateway(
        config(new Auth.None(), limits, 0, proxies), new ScriptedTopology(new MemoryLog()), TOPIC);
  }

  static Gateway at(int port, ScriptedTopology topology) {
    return at(port, topology, new Auth.None());
  }

  static Gateway at(int port, ScriptedTopology topology, Auth auth) {
    return new Gateway(config(auth, Limits.DEFAULT, port), topology, TOPIC);
  }

  static Gateway ofAnotherTopic(ScriptedTopology topology) {
    return new Gateway(
        config(new Auth.None(), Limits.DEFAULT, 0), topology, TOPIC.replace('0', '9'));
  }

  private static GatewayConfig config(Auth auth, Limits limits, int port) {
    return config(auth, limits, port, TrustedProxies.NONE);
  }

  private static GatewayConfig config(Auth auth, Limits limits, int port, TrustedProxies proxies) {
    return new GatewayConfig(
        "test",
        "127.0.0.1",
        port,
        1,
        Map.of(),
        auth,
        List.of(KEY),
        limits,
        GatewayConfig.defaultModels(),
        List.of("One. Two is more. Three?"),
        Set.of("localhost", "127.0.0.1"),
        Set.of("https://friend.example"),
        proxies);
  }

  URI uri(String path) {
    return app.uri().resolve(path);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    // The request's own timeout ends with the headers: a stream that should not be there never
    // ends.
    return http.sendAsync(request.build(), BodyHandlers.ofString())
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  /** Opens a session over HTTP. */
  JsonNode open() {
    return json(post("/v1/sessions", "{}").body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream of server-sent events; {@code after} resumes. */
  SseClient events(String handle, Optional<String> after) {
    var request = HttpRequest.newBuilder(uri("/v1/sessions/" + handle + "/events"));
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    return new SseClient(http, request.build());
  }

  LiveClient live() {
    return live(Optional.empty());
  }

  /** A WebSocket that a load balancer brings. */
  LiveClient live(String forwardedFor) {
    return live(Optional.of(forwardedFor));
  }

  private LiveClient live(Optional<String> forwardedFor) {
    WebSocket.Builder socket = http.newWebSocketBuilder();
    forwardedFor.ifPresent(address -> socket.header(TrustedProxies.HEADER, address));
    return new LiveClient(socket, URI.create("ws://127.0.0.1:" + app.uri().getPort() + "/v1/live"));
  }

  @Override
  public void close() {
    app.close();
    // A plain close waits for the WebSockets that a test still holds.
    http.shutdownNow();
  }

  /** What a stream brought. */
  abstract static class Client implements AutoCloseable {
    final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    /** Events of a snapshot count like events that come one by one. */
    void accept(JsonNode message) {
      messages.add(message);
      if (message.path("type").asText().equals("snapshot"))
        message.path("events").forEach(messages::add);
    }

    JsonNode await(Predicate<JsonNode> wanted) {
      return Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> messages.stream().filter(wanted).findFirst(), Optional::isPresent)
          .orElseThrow();
    }

    JsonNode await(String type) {
      return await(message -> message.path("type").asText().equals(type));
    }

    /** The answer as a client folds it. */
    String folded() {
      return folded(0);
    }

    /** The answer from this delta on. */
    String folded(int first) {
      var text = new StringBuilder();
      int next = first;
      for (JsonNode message : messages) {
        if (!message.path("type").asText().equals("delta")) continue;
        if (message.path("index").asInt() != next) throw new IllegalStateException("gap or repeat");
        next += message.path("count").asInt();
        text.append(message.path("text").asText());
      }
      return text.toString();
    }

    @Override
    public abstract void close();
  }

  /** Reads events on a thread of its own. */
  static final class SseClient extends Client {
    private final Thread thread;
    volatile boolean ended;

    SseClient(HttpClient http, HttpRequest request) {
      thread = Thread.startVirtualThread(() -> read(http, request));
    }

    private void read(HttpClient http, HttpRequest request) {
      try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
        lines
            .filter(line -> line.startsWith("data: "))
            .forEach(line -> accept(json(line.substring(6))));
      } catch (IOException | UncheckedIOException e) {
        // The stream was cut.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      ended = true;
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /** A WebSocket. */
  static final class LiveClient extends Client implements WebSocket.Listener {
    private final WebSocket socket;
    private final StringBuilder part = new StringBuilder();
    volatile int closed;

    LiveClient(WebSocket.Builder builder, URI uri) {
      socket = builder.buildAsync(uri, this).join();
    }

    LiveClient say(String json) {
      return say(json, true);
    }

    /** The first part of a message. */
    LiveClient begin(String json) {
      return say(json, false);
    }

    private LiveClient say(String json, boolean last) {
      // What is said when the gateway has closed the socket is lost: its close code tells.
      return socket.sendText(json.replace('\'', '"'), last).handle((_, _) -> this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        accept(json(part.toString()));
        part.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed = status;
      return WebSocket.Listener.super.onClose(from, status, reason);
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  static void eventually(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
  }
}
