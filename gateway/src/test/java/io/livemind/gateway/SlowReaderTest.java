package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.answers.Subscription;
import io.livemind.schemas.avro.Delta;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
  private static final Limits FEW =
      new Limits(1_000, 1_000, 10, 10, 10, 100, Duration.ofSeconds(1));

  private static final int BATCHES = 60;
  private static final int BATCH = 50;
  private static final String TEXT = "x".repeat(4_000);

  /** Of the 200,000 bytes of a batch. */
  private static final int SIP = 2_000;

  /** No more than a socket holds for its reader is read in the time of a test. */
  private static final int SMALL_SIP = 64;

  /** What HTTP puts between two chunks; events have no carriage return. */
  private static final Pattern CHUNK = Pattern.compile("\\r\\n\\p{XDigit}+\\r\\n");

  private static final Pattern DELTA =
      Pattern.compile(
          "\\{\"type\":\"delta\",\"id\":\"([^\"]+)\"[^{}]*\"index\":(\\d+),\"count\":(\\d+),\"text\":\"x*\"\\}");

  @Test
  void a_reader_that_takes_nothing_is_cut_off_while_others_get_everything_and_it_can_resume()
      throws IOException {
    try (var gateway = Gateway.with(new Auth.None(), FEW);
        var stuck = new Socket()) {
      String handle = gateway.open().path("handle").asText();
      stuck.setReceiveBufferSize(4_096);
      askForEvents(stuck, gateway, handle);

      try (var quick = gateway.events(handle, Optional.empty())) {
        quick.await("caught_up");
        flood(gateway, quick, 0, () -> {});
        Gateway.eventually(() -> gateway.ended(Subscription.End.SLOW) == 1);
        Gateway.eventually(() -> isCut(stuck));
      }

      try (var again = gateway.events(handle, Optional.empty())) {
        assertThat(again.await("snapshot").path("recovered").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void a_reader_that_takes_a_little_now_and_then_is_cut_off_all_the_same_and_goes_on_behind_it()
      throws IOException {
    tricklesUntilItIsCutOff(SlowReaderTest::askForEvents);
  }

  @Test
  void a_web_socket_that_is_read_a_little_now_and_then_is_cut_off_all_the_same()
      throws IOException {
    tricklesUntilItIsCutOff(SlowReaderTest::resumeLive);
  }

  /** How a stream of events is asked for. */
  @FunctionalInterface
  private interface Request {
    void send(Socket socket, Gateway gateway, String handle) throws IOException;
  }

  private static void tricklesUntilItIsCutOff(Request request) throws IOException {
    try (var gateway = Gateway.with(new Auth.None(), FEW);
        var trickle = new Socket()) {
      String handle = gateway.open().path("handle").asText();
      trickle.setReceiveBufferSize(4_096);
      request.send(trickle, gateway, handle);
      var read = new ByteArrayOutputStream();

      try (var quick = gateway.events(handle, Optional.empty())) {
        quick.await("caught_up");
        say(gateway, 0, TEXT);
        Gateway.eventually(() -> sip(trickle, read, SIP) && lastDelta(read).isPresent());
        flood(gateway, quick, 1, () -> sip(trickle, read, SIP));
        Gateway.eventually(() -> gateway.ended(Subscription.End.SLOW) == 1);
        // What lies in the gateway's socket would last for minutes at this pace.
        Gateway.eventually(() -> !sip(trickle, read, SMALL_SIP));
      }

      MatchResult last = lastDelta(read).orElseThrow();
      int next = Integer.parseInt(last.group(2)) + Integer.parseInt(last.group(3));
      try (var again = gateway.events(handle, Optional.of(last.group(1)))) {
        again.await("resumed");
        Gateway.eventually(
            () -> again.folded(next).length() == (1 + BATCHES * BATCH - next) * TEXT.length());
      }
    }
  }

  @Test
  void a_gateway_that_stops_waits_for_a_reader_that_is_behind() throws Exception {
    try (var gateway = Gateway.start();
        var behind = new Socket()) {
      String handle = gateway.open().path("handle").asText();
      behind.setReceiveBufferSize(65_536);
      askForEvents(behind, gateway, handle);
      for (int i = 0; i < 2_000; i++) say(gateway, i, "x".repeat(8_000));

      var port = new InetSocketAddress(InetAddress.getLoopbackAddress(), behind.getPort());
      Thread stopping = Thread.startVirtualThread(gateway.app::close);
      Gateway.eventually(() -> isClosed(port));

      String rest = new String(behind.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).contains("\"code\":\"going_away\"").endsWith("0\r\n\r\n");
      stopping.join();
    }
  }

  private static void askForEvents(Socket socket, Gateway gateway, String handle)
      throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.app.uri().getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET /v1/sessions/" + handle + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    String first = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    assertThat(first).isEqualTo("HTTP/1.1 200");
  }

  /** One text message, masked with zeros. */
  private static void resumeLive(Socket socket, Gateway gateway, String handle) throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.app.uri().getPort()));
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeBytes(
        "GET /v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    String first = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    assertThat(first).isEqualTo("HTTP/1.1 101");
    String message = "{\"type\":\"resume\",\"handle\":\"%s\"}".formatted(handle);
    assertThat(message).hasSizeLessThan(126);
    out.writeByte(0x81);
    out.writeByte(0x80 | message.length());
    out.writeInt(0);
    out.writeBytes(message);
  }

  private static boolean isClosed(InetSocketAddress port) {
    try (var socket = new Socket()) {
      socket.connect(port);
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void say(Gateway gateway, int index, String text) {
    gateway.topology.log.publish(
        gateway.topology.onlySession(),
        gateway.topology.received.getFirst().fragment().getAnswersPartition(),
        0,
        new Delta(1, "x", index, text));
  }

  /** More than any socket buffer holds, and more records than the bound, at the others' pace. */
  private static void flood(
      Gateway gateway, Gateway.SseClient quick, int first, Runnable afterEachBatch) {
    for (int batch = 0; batch < BATCHES; batch++) {
      int next = first + batch * BATCH;
      for (int i = 0; i < BATCH; i++) say(gateway, next + i, TEXT);
      Gateway.eventually(
          () ->
              quick.messages.stream().mapToInt(message -> message.path("count").asInt()).sum()
                  == next + BATCH);
      afterEachBatch.run();
    }
  }

  /** Takes so many bytes, or what there is; returns false when the connection has been cut. */
  private static boolean sip(Socket socket, ByteArrayOutputStream read, int bytes) {
    try {
      socket.setSoTimeout(1);
      for (int i = 0; i < bytes; i++) {
        int next = socket.getInputStream().read();
        if (next < 0) return false;
        read.write(next);
      }
      return true;
    } catch (SocketTimeoutException nothingThere) {
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private static Optional<MatchResult> lastDelta(ByteArrayOutputStream read) {
    String text = CHUNK.matcher(read.toString(StandardCharsets.UTF_8)).replaceAll("");
    return DELTA.matcher(text).results().reduce((_, later) -> later);
  }

  /** A connection that was cut brings what was on its way, and then no more. */
  private static boolean isCut(Socket socket) {
    try {
      socket.setSoTimeout(2_000);
      long unused = socket.getInputStream().skip(Long.MAX_VALUE);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
