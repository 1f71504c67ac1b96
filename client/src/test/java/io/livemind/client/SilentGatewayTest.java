package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that died in the network tells nothing: the client finds out, and comes back. */
class SilentGatewayTest {
  /** Longer than a busy machine takes for a greeting. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final String HANDSHAKE_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final List<String> GREETING =
      List.of(
          "{\"type\":\"session\",\"handle\":\"h\",\"writer\":1,\"sequence\":1}",
          "{\"type\":\"caught_up\"}");

  private final ServerSocket server;
  private final CountDownLatch connections = new CountDownLatch(2);

  /** A socket that nobody holds is closed when its memory is wanted: then it is not silent. */
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private final HttpClient http = HttpClient.newHttpClient();

  SilentGatewayTest() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    for (Socket socket : accepted) socket.close();
    http.shutdownNow();
  }

  @Test
  void whoSaysNothingAtAllIsGivenUp() {
    serve(List.of());
    try (var liveMind = liveMind()) {
      assertThatExceptionOfType(LiveMindException.class)
          .isThrownBy(() -> liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE))
          .withMessageContaining("silent");
    }
  }

  @Test
  void whoFallsSilentIsLeftForTheNextGateway() throws Exception {
    serve(GREETING);
    try (var liveMind = liveMind();
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      assertThat(connections.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(session.state().isFinal()).isFalse();
    }
  }

  @Test
  void whoSaysThatNothingFollowsIsLeftAtOnceThoughItsConnectionStays() throws Exception {
    serve(
        Stream.concat(GREETING.stream(), Stream.of("{\"type\":\"closed\",\"code\":\"going_away\"}"))
            .toList());
    try (var liveMind = LiveMind.at(uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      assertThat(connections.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(session.state().isFinal()).isFalse();
    }
  }

  /** Each end that goes unnoticed would cost the ten seconds of what is not confirmed. */
  @Test
  void whoEndsWithoutAWordWhileSomebodyTypesIsLeftAtOnce() throws Exception {
    var ends = new CountDownLatch(12);
    serve(
        socket -> {
          greet(socket, GREETING);
          ends.countDown();
          // Some of what is typed is never read: the end is a hard one.
          for (int i = 0; i < 600; i++) {
            var unused = socket.getInputStream().read();
          }
          write(socket, "{\"type\":\"last\"}");
          socket.close();
        });
    try (var liveMind = LiveMind.at(uri());
        var session = liveMind.open(SessionRequest.DEFAULT, SessionListener.NONE)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!ends.await(1, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline)
        session.type("glaciers ");

      assertThat(ends.getCount()).isZero();
    }
  }

  @Test
  void whoReadsNothingIsCutOffThoughMuchIsStillToBeSent() throws Exception {
    serve(List.of());
    int length = 1_000_000;
    int messages = 32;
    var large = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(length));
    var listener = new Opening();
    Connection connection = connect(listener);
    listener.opened.get(30, TimeUnit.SECONDS);
    for (int i = 0; i < messages; i++) connection.send(large);

    connection.cut();

    assertThat(readToTheEnd(accepted.getFirst())).isLessThan((long) messages * length);
  }

  @Test
  void whoReadsNothingGetsNoGoodbyeAndIsCutOff() throws Exception {
    serve(List.of());
    int length = 1_000_000;
    int messages = 32;
    var large = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(length));
    var listener = new Opening();
    Connection connection = connect(listener);
    listener.opened.get(30, TimeUnit.SECONDS);
    for (int i = 0; i < messages; i++) connection.send(large);

    connection.close();

    assertThat(listener.ended.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(readToTheEnd(accepted.getFirst())).isLessThan((long) messages * length);
  }

  @Test
  void aHandshakeThatComesAfterTheCutIsCutToo() throws Exception {
    var cut = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    serve(
        socket -> {
          awaitUninterrupted(cut);
          greet(socket, List.of());
          answered.countDown();
        });
    Connection connection = connect(new Opening());
    await().until(() -> !accepted.isEmpty());

    connection.cut();
    cut.countDown();
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

    readToTheEnd(accepted.getFirst());
  }

  private Connection connect(Connection.Listener listener) {
    URI live = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/v1/live");
    return Connection.open(http, live, Optional.empty(), listener);
  }

  /** How much there was; fails if nothing follows and the connection stays. */
  private static long readToTheEnd(Socket socket) throws IOException {
    socket.setSoTimeout(30_000);
    byte[] some = new byte[65_536];
    long sum = 0;
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(some)) sum += read;
    } catch (SocketException reset) {
      // A hard end.
    }
    return sum;
  }

  /** Learns that it can be sent. */
  private static final class Opening implements Connection.Listener {
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final CompletableFuture<LiveMindException> ended = new CompletableFuture<>();

    @Override
    public void opened(Connection connection) {
      opened.complete(connection);
    }

    @Override
    public void heard(Connection connection) {}

    @Override
    public void message(Connection connection, JsonNode message) {}

    @Override
    public void ended(Connection connection, LiveMindException reason) {
      ended.complete(reason);
    }
  }

  private LiveMind liveMind() {
    return LiveMind.at(uri()).withLongestSilence(SILENCE);
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Each connection is taken, greeted with these messages, and left alone. */
  private void serve(List<String> messages) {
    serve(
        socket -> {
          greet(socket, messages);
          connections.countDown();
        });
  }

  private interface Served {
    void by(Socket socket) throws IOException;
  }

  private void serve(Served served) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (true) {
                try {
                  Socket socket = server.accept();
                  accepted.add(socket);
                  served.by(socket);
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void greet(Socket socket, List<String> messages) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String key = "";
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      if (line.startsWith("Sec-WebSocket-Key: ")) key = line.substring(19);
    }
    var output = socket.getOutputStream();
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    output.write(head.getBytes(StandardCharsets.US_ASCII));
    for (String message : messages) write(socket, message);
  }

  private static void write(Socket socket, String message) throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {(byte) 0x81, (byte) text.length});
    frame.writeBytes(text);
    socket.getOutputStream().write(frame.toByteArray());
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + HANDSHAKE_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
