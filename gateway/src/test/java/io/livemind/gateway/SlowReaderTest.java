package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.answers.Subscription;
import io.livemind.schemas.avro.Delta;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowReaderTest {

  @Test
  void a_reader_that_takes_nothing_is_cut_off_while_others_get_everything_and_it_can_resume()
      throws IOException {
    var few = new Limits(1_000, 1_000, 10, 10, 10, 100, Duration.ofSeconds(1));
    try (var gateway = Gateway.with(new Auth.None(), few);
        var stuck = new Socket()) {
      String handle = gateway.open().path("handle").asText();
      stuck.setReceiveBufferSize(4_096);
      askForEvents(stuck, gateway, handle);

      try (var quick = gateway.events(handle, Optional.empty())) {
        quick.await("caught_up");
        flood(gateway, quick);
        Gateway.eventually(() -> gateway.ended(Subscription.End.SLOW) == 1);
        Gateway.eventually(() -> isCut(stuck));
      }

      try (var again = gateway.events(handle, Optional.empty())) {
        assertThat(again.await("snapshot").path("recovered").asBoolean()).isTrue();
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
  private static void flood(Gateway gateway, Gateway.SseClient quick) {
    String text = "x".repeat(4_000);
    for (int batch = 0; batch < 60; batch++) {
      for (int i = 0; i < 50; i++) say(gateway, batch * 50 + i, text);
      int sent = (batch + 1) * 50;
      Gateway.eventually(
          () ->
              quick.messages.stream().mapToInt(message -> message.path("count").asInt()).sum()
                  == sent);
    }
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
