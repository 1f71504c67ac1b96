package io.livemind.benchmarks.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Recorder;

/**
 * Very many clients on one thread: they read event streams or WebSockets. A handle is all that a
 * client needs; the sessions are those that the benchmark speaks for.
 *
 * <p>Threading: one thread of its own reads; {@link #open} by one caller.
 */
final class Crowd implements AutoCloseable {
  private static final int CONNECTIONS_PER_TICK = 20;
  private static final long TICK_MILLIS = 10;
  private static final byte[] STAMP = "at=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CAUGHT_UP = "caught_up".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 19;

  private final Selector selector;
  private final int port;
  private final Recorder delays;
  private final List<Client> clients = new ArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** One connection. */
  private static final class Client {
    private final String handle;
    private final CountDownLatch ready;
    private int matched;
    private int stampMatched;
    private int digits = -1;
    private long stamp;
    private boolean caughtUp;

    /** What it says as soon as the gateway has answered. */
    private Optional<byte[]> next = Optional.empty();

    Client(String handle, CountDownLatch ready) {
      this.handle = handle;
      this.ready = ready;
    }
  }

  /**
   * @param delays from the moment that stands in a delta's text to its arrival here
   */
  Crowd(int port, Recorder delays) {
    this.port = port;
    this.delays = delays;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("crowd").daemon().start(this::read);
  }

  /** Connects a client for each of these sessions and returns when all have caught up. */
  void open(List<String> sessions, boolean webSocket) throws InterruptedException {
    var ready = new CountDownLatch(sessions.size());
    for (int i = 0; i < sessions.size(); i++) {
      connect(new Client(sessions.get(i), ready), webSocket);
      if (i % CONNECTIONS_PER_TICK == 0) Thread.sleep(TICK_MILLIS);
    }
    ready.await();
  }

  private void connect(Client client, boolean webSocket) {
    try {
      SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      String request = webSocket ? upgrade() : stream(client.handle);
      write(channel, request.getBytes(StandardCharsets.US_ASCII));
      if (webSocket)
        client.next =
            Optional.of(frame("{\"type\":\"resume\",\"handle\":\"" + client.handle + "\"}"));
      channel.configureBlocking(false);
      clients.add(client);
      channel.register(selector, SelectionKey.OP_READ, client);
      selector.wakeup();
    } catch (IOException e) {
      throw new UncheckedIOException("after " + clients.size() + " connections", e);
    }
  }

  private String stream(String handle) {
    return "GET /v1/sessions/%s/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
        .formatted(handle, port);
  }

  private String upgrade() {
    return """
        GET /v1/live HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r
        \r
        """
        .formatted(port);
  }

  /** A text message of a client: masked, with a mask of zeros. */
  private static byte[] frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) 0x81)
        .put((byte) (0x80 | 126))
        .putShort((short) payload.length)
        .putInt(0)
        .put(payload)
        .array();
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) channel.write(buffer);
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    try {
      while (running) {
        selector.select(
            key -> {
              try {
                buffer.clear();
                int got = ((SocketChannel) key.channel()).read(buffer);
                long now = System.nanoTime();
                if (got < 0) key.cancel();
                else
                  take((SocketChannel) key.channel(), (Client) key.attachment(), buffer, got, now);
              } catch (IOException e) {
                key.cancel();
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks for what matters, across the borders of reads. */
  private void take(SocketChannel channel, Client client, ByteBuffer buffer, int count, long now)
      throws IOException {
    if (client.next.isPresent()) {
      write(channel, client.next.get());
      client.next = Optional.empty();
    }
    byte[] bytes = buffer.array();
    for (int i = 0; i < count; i++) {
      byte next = bytes[i];
      if (!client.caughtUp) {
        client.matched = matched(client.matched, next, CAUGHT_UP);
        if (client.matched == CAUGHT_UP.length) {
          client.caughtUp = true;
          client.ready.countDown();
        }
      } else if (client.digits >= 0) {
        client.stamp = client.stamp * 10 + (next - '0');
        if (++client.digits == DIGITS) {
          delays.recordValue(Math.max(0, now - client.stamp));
          client.digits = -1;
          client.stamp = 0;
        }
      } else {
        client.stampMatched = matched(client.stampMatched, next, STAMP);
        if (client.stampMatched == STAMP.length) {
          client.stampMatched = 0;
          client.digits = 0;
        }
      }
    }
  }

  private static int matched(int before, byte next, byte[] wanted) {
    if (next == wanted[before]) return before + 1;
    return next == wanted[0] ? 1 : 0;
  }

  /** A delta's text that tells when it was due. */
  static String stamped(long nanos) {
    return "at=" + String.format("%0" + DIGITS + "d", nanos);
  }

  @Override
  public void close() {
    running = false;
    selector.wakeup();
    try {
      thread.join();
      for (SelectionKey key : selector.keys()) key.channel().close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
