package io.livemind.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket.
 *
 * <p>Threading: one thread sends; the listener is called by the HTTP client's threads, one call at
 * a time.
 *
 * <p>Waiting: what is sent waits for what was sent before, without a bound of its own: the session
 * gives up a connection that acknowledges nothing.
 */
final class Connection {
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  /** For what is still to be sent, and a goodbye. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;

  /** Who is told. */
  interface Listener {
    /** It can be sent on. */
    void opened(Connection connection);

    /** The gateway is there: a sign of life, as it gives one each 15 s. */
    void heard(Connection connection);

    /** One message. */
    void message(Connection connection, JsonNode message);

    /** Nothing follows; the gateway may be asked again, unless it refused this client. */
    void ended(Connection connection, LiveMindException reason);
  }

  private final Listener listener;
  private CompletableFuture<WebSocket> handshake = new CompletableFuture<>();
  private CompletableFuture<WebSocket> last = handshake;

  private Connection(Listener listener) {
    this.listener = listener;
  }

  /** Begins to connect. */
  static Connection open(HttpClient http, URI uri, Optional<String> token, Listener listener) {
    var connection = new Connection(listener);
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(HANDSHAKE);
    token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret));
    connection.handshake = builder.buildAsync(uri, connection.new Receiver());
    connection.last = connection.handshake;
    var unused =
        connection.handshake.whenComplete(
            (_, failure) -> {
              if (failure == null) listener.opened(connection);
              else listener.ended(connection, reason(uri, failure));
            });
    return connection;
  }

  /**
   * Sends a message after those before. Where the other side ends without a close frame just then,
   * the JDK's WebSocket fails to send and tells its listener nothing (25 of 45 times, JDK 25).
   */
  void send(JsonNode message) {
    String text = message.toString();
    last = last.thenCompose(socket -> socket.sendText(text, true));
    var unused =
        last.exceptionally(
            failure -> {
              listener.ended(
                  this,
                  new LiveMindException("unreachable", "the connection takes nothing", failure));
              return null;
            });
  }

  /** Says goodbye, without waiting for an answer; whoever reads nothing for 5 s gets none. */
  void close() {
    last =
        last.thenCompose(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
            .orTimeout(FAREWELL.toSeconds(), TimeUnit.SECONDS);
    var unused = last.whenComplete((_, _) -> cut());
  }

  /**
   * Cuts it, whatever is still to be sent: of that, nothing ends where the other side reads
   * nothing. A handshake that is still to come is cut when it comes.
   */
  void cut() {
    var unused = handshake.thenAccept(WebSocket::abort);
  }

  private static LiveMindException reason(URI uri, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WebSocketHandshakeException refused) {
      int status = refused.getResponse().statusCode();
      String code =
          switch (status) {
            case UNAUTHORISED -> "unauthenticated";
            case FORBIDDEN -> "forbidden";
            default -> "refused";
          };
      return new LiveMindException(code, uri + " answered with status " + status, refused);
    }
    return new LiveMindException("unreachable", "no gateway can be reached at " + uri, failure);
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
      partial.append(data);
      if (whole) {
        try {
          JsonNode message = JSON.readTree(partial.toString());
          if (message.path("type").asText().equals("alive")) listener.heard(Connection.this);
          else listener.message(Connection.this, message);
        } catch (JsonProcessingException e) {
          listener.ended(
              Connection.this,
              new LiveMindException("unreachable", "the gateway sent what is no JSON", e));
        }
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      listener.ended(
          Connection.this,
          new LiveMindException("unreachable", "the gateway closed: " + status + " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      listener.ended(
          Connection.this, new LiveMindException("unreachable", "the connection was lost", error));
    }
  }
}
