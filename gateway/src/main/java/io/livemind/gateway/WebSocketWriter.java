package io.livemind.gateway;

import io.livemind.gateway.answers.EventWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Writes messages to a WebSocket, one JSON object in a text message each.
 *
 * <p>Threading: one thread writes events; {@link #tell} and {@link #abort} from any.
 *
 * <p>Waiting: for the socket to take an event 60 s, then the connection has failed. Of what {@link
 * #tell} sends, 512 messages may wait in the socket; then the connection is cut.
 */
final class WebSocketWriter implements EventWriter {
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);
  static final int WAITING_MESSAGES = 512;

  /** A message and no ping: scripts of a browser are not told of pings. */
  private static final String ALIVE = "{\"type\":\"alive\"}";

  private final Session session;
  private final EndPoint endPoint;
  private final ReentrantLock lock = new ReentrantLock();

  WebSocketWriter(Session session, EndPoint endPoint) {
    this.session = session;
    this.endPoint = endPoint;
  }

  /** Sends a short message without waiting. */
  void tell(String json) {
    send(json, Callback.from(() -> {}, _ -> abort()));
  }

  @Override
  public void write(Optional<String> id, String json) throws IOException {
    var written = new Callback.Completable();
    send(json, written);
    await(written);
  }

  @Override
  public void flush() {}

  @Override
  public void keepAlive() throws IOException {
    write(Optional.empty(), ALIVE);
  }

  @Override
  public void abort() {
    Cut.dropTheRest(endPoint);
    session.disconnect();
  }

  private void send(String json, Callback callback) {
    lock.lock();
    try {
      session.sendText(json, callback);
    } finally {
      lock.unlock();
    }
  }

  private static void await(Callback.Completable written) throws IOException {
    try {
      written.get(LONGEST_WRITE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the WebSocket took no message", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a message was written", e);
    }
  }
}
