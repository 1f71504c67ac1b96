package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

class SseWriterTest {

  @Test
  void a_stream_that_ended_is_cut_no_more_and_its_connection_serves_the_next_request()
      throws Exception {
    BlockingQueue<SseWriter> ended = new ArrayBlockingQueue<>(2);
    var server =
        Javalin.create(
            config ->
                config.routes.get(
                    "/events",
                    request -> {
                      var writer = new SseWriter(request.req(), request.res());
                      writer.begin();
                      writer.write(Optional.empty(), "{}");
                      writer.end();
                      ended.add(writer);
                    }));
    server.start("127.0.0.1", 0);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(wholeResponse(socket)).startsWith("HTTP/1.1 200").contains("data: {}");

      ended.take().abort();

      assertThat(wholeResponse(socket)).startsWith("HTTP/1.1 200").contains("data: {}");
    } finally {
      server.stop();
    }
  }

  /** Up to the last chunk, or to where the connection ends. */
  private static String wholeResponse(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    var read = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.append((char) next);
      if (read.toString().endsWith("\r\n0\r\n\r\n")) break;
    }
    return read.toString();
  }
}
