package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoppingTest {

  @Test
  void a_request_whose_fragments_are_not_confirmed_yet_gets_its_answer() throws Exception {
    try (var gateway = Gateway.start()) {
      String path = "/v1/sessions/" + gateway.open().path("handle").asText() + "/fragments";
      var confirmation = new CompletableFuture<Void>();
      gateway.topology.confirmWith(confirmation);
      var answer =
          CompletableFuture.supplyAsync(
              () ->
                  gateway
                      .post(
                          path,
                          "{'fragments':[{'sequence':0,'turn':0,'kind':'append','text':'One'}]}")
                      .statusCode());
      Gateway.eventually(() -> gateway.topology.received.size() == 2);

      int port = gateway.app.uri().getPort();
      try (var kept = new Kept(port)) {
        assertThat(kept.ask()).contains("HTTP/1.1 200 OK").doesNotContain("Connection: close");
        Thread stopping = Thread.startVirtualThread(gateway.app::close);
        Gateway.eventually(() -> isClosed(port));

        // A balancer's connection, kept for more requests.
        assertThat(kept.ask()).contains("HTTP/1.1 200 OK", "Connection: close");
        assertThat(answer).isNotDone();
        confirmation.complete(null);
        assertThat(answer.join()).isEqualTo(202);
        stopping.join();
      }
    }
  }

  private static boolean isClosed(int port) {
    try (var _ = new Kept(port)) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  /** A connection for one request after the other. */
  private static final class Kept implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Kept(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Asks for the models; returns the lines of the answer before its body. */
    List<String> ask() throws IOException {
      socket
          .getOutputStream()
          .write(
              "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine())
        head.add(line);
      int length =
          head.stream()
              .filter(line -> line.startsWith("Content-Length: "))
              .mapToInt(line -> Integer.parseInt(line.substring(16)))
              .findFirst()
              .orElseThrow();
      for (int i = 0; i < length; i++) in.read();
      return head;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
