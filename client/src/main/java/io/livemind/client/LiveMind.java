package io.livemind.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/**
 * The gateways of one deployment. Sessions are opened here; when a gateway is lost they go on at
 * the next one.
 *
 * <pre>{@code
 * try (var liveMind = LiveMind.at(URI.create("http://localhost:8080"));
 *     LiveSession session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
 *   session.type("Glaciers melt in summer. ");      // the model thinks already
 *   session.type("Where does the water go?");
 *   TurnEnd end = session.submit().get();
 * }
 * }</pre>
 *
 * <p>Threading: any thread.
 */
public final class LiveMind implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final List<URI> gateways;
  private final Optional<String> token;

  /** Three signs of life of a gateway: a connection that died in the network tells nothing. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private final HttpClient http;
  private final Duration longestSilence;

  private LiveMind(List<URI> gateways, Optional<String> token, Duration longestSilence) {
    this.gateways = List.copyOf(gateways);
    this.token = token;
    this.longestSilence = longestSilence;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** A gateway that asks for no token. */
  public static LiveMind at(URI gateway) {
    return new LiveMind(List.of(gateway), Optional.empty(), LONGEST_SILENCE);
  }

  /**
   * Gateways that share their keys and topics.
   *
   * @param gateways base addresses, http or https; one at least
   * @param token API key or bearer token; sent as a header only
   */
  public static LiveMind at(List<URI> gateways, Optional<String> token) {
    if (gateways.isEmpty()) throw new IllegalArgumentException("name at least one gateway");
    return new LiveMind(gateways, token, LONGEST_SILENCE);
  }

  LiveMind withLongestSilence(Duration longest) {
    return new LiveMind(gateways, token, longest);
  }

  /**
   * Opens a session, and returns when it can be typed in. A gateway that cannot be reached is left
   * for the next one; each is tried once.
   *
   * @throws LiveMindException if no gateway can be reached, or one refuses
   */
  public LiveSession open(SessionRequest request, SessionListener listener)
      throws InterruptedException {
    return LiveSession.start(
        request, Optional.empty(), listener, new Connections(), longestSilence);
  }

  /**
   * Takes over a session; the client that wrote in it before is told. Gateways are tried as in
   * {@link #open}.
   *
   * @param handle as {@link LiveSession#handle} gave it
   * @throws LiveMindException if no gateway can be reached, or one does not know the session
   */
  public LiveSession resume(String handle, SessionListener listener) throws InterruptedException {
    return LiveSession.start(
        SessionRequest.DEFAULT, Optional.of(handle), listener, new Connections(), longestSilence);
  }

  /**
   * Names of the models that a session can be opened with, from the first gateway that can be
   * reached.
   *
   * @throws LiveMindException if no gateway can be reached, or one refuses
   */
  public List<String> models() throws InterruptedException {
    Optional<LiveMindException> unreachable = Optional.empty();
    for (URI gateway : gateways) {
      URI uri = gateway.resolve("/v1/models");
      try {
        return models(uri);
      } catch (IOException e) {
        var reason = new LiveMindException("unreachable", "no gateway can be reached at " + uri, e);
        unreachable.ifPresent(reason::addSuppressed);
        unreachable = Optional.of(reason);
      }
    }
    throw unreachable.orElseThrow();
  }

  private List<String> models(URI uri) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(REQUEST);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != OK)
      throw new LiveMindException(
          "refused", "the gateway at " + uri + " answered " + response.statusCode());
    JsonNode data = JSON.readTree(response.body()).path("data");
    return StreamSupport.stream(data.spliterator(), false)
        .map(model -> model.path("id").asText())
        .toList();
  }

  /** One gateway after the other. */
  private final class Connections implements LiveSession.Connector {
    @Override
    public Connection connect(Connection.Listener listener, int tries) {
      URI gateway = gateways.get(Math.floorMod(tries, gateways.size()));
      String scheme = "https".equalsIgnoreCase(gateway.getScheme()) ? "wss" : "ws";
      URI live = URI.create(scheme + "://" + gateway.getRawAuthority() + "/v1/live");
      return Connection.open(http, live, token, listener);
    }

    @Override
    public int gateways() {
      return gateways.size();
    }
  }

  /** Cuts what is still open. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
