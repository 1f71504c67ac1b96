package io.livemind.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One connection: requests are read and answered in order, until either side ends it.
 *
 * <p>Threading: two virtual threads. One responds. The other reads on while a response runs, so
 * that it sees the client leave at once, also before the first token. It reads ahead by {@value
 * #READ_AHEAD} requests; a client that sends still more of them unanswered is seen leaving only
 * when those have been read. {@link #close} and {@link #closeIfStuck} may be called by any thread.
 */
final class Connection implements Runnable {
  private static final int READ_AHEAD = 1;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final Routes routes;
  private final BlockingQueue<Incoming> incoming = new ArrayBlockingQueue<>(READ_AHEAD);
  private volatile long idleSinceNanos = System.nanoTime();
  private volatile boolean responding;
  private volatile Optional<ClientLink> link = Optional.empty();

  Connection(Socket socket, Routes routes) {
    this.socket = socket;
    this.routes = routes;
  }

  private sealed interface Incoming {}

  private record Request(HttpRequest request) implements Incoming {}

  private record Broken(ApiError error) implements Incoming {}

  private record End() implements Incoming {}

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      var client = new ClientLink(socket);
      link = Optional.of(client);
      Thread.ofVirtual().name("simulator-reader").start(() -> read(client));
      boolean open = true;
      while (open) open = respond(client);
    } catch (IOException left) {
      // The client has left, or the watcher has closed the connection: what was served is recorded.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers the next request; false if the connection ends. */
  private boolean respond(ClientLink client) throws IOException, InterruptedException {
    Incoming next = incoming.take();
    responding = true;
    try {
      return switch (next) {
        case Request request ->
            routes.respond(request.request(), client) && !request.request().lastOfConnection();
        case Broken broken -> {
          client.write(broken.error().response().bytes());
          yield false;
        }
        case End _ -> false;
      };
    } finally {
      idleSinceNanos = System.nanoTime();
      responding = false;
    }
  }

  private void read(ClientLink client) {
    try {
      var reader = new HttpRequestReader(socket.getInputStream(), () -> invite(client));
      for (var request = reader.read(); request.isPresent(); request = reader.read())
        incoming.put(new Request(request.get()));
      client.leave();
      leaveQueue(new End());
    } catch (RefusedException refused) {
      leaveQueue(new Broken(refused.error()));
    } catch (IOException left) {
      client.leave();
      leaveQueue(new End());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** If the queue is full, the responder is not waiting on it, and its next write fails. */
  private void leaveQueue(Incoming last) {
    if (!incoming.offer(last)) close();
  }

  private void invite(ClientLink client) {
    if (responding) return;
    try {
      client.write(CONTINUE);
    } catch (IOException left) {
      close();
    }
  }

  /**
   * Closes a connection that does nothing.
   *
   * @param idleNanos without a request
   * @param writeNanos that one write may take
   */
  void closeIfStuck(long nowNanos, long idleNanos, long writeNanos) {
    boolean idle = !responding && nowNanos - idleSinceNanos > idleNanos;
    long since = link.map(ClientLink::writeStuckSince).orElse(ClientLink.NOT_WRITING);
    boolean stuck = since != ClientLink.NOT_WRITING && nowNanos - since > writeNanos;
    if (idle || stuck) close();
  }

  void close() {
    link.ifPresent(ClientLink::leave);
    try {
      socket.close();
    } catch (IOException closed) {
      // Closed either way.
    }
  }
}
