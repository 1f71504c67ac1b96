package io.livemind.simulator;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** A client that sees the bytes and how the connection ends. */
final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

  private final Socket socket;

  RawClient(Simulator simulator) throws IOException {
    URI base = simulator.baseUrl();
    this.socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
  }

  /** How the server ended it. */
  enum End {
    CLOSED,
    RESET,
    SILENT
  }

  /** All that came until the end. */
  record Received(String text, End end, int reads) {

    /** The pieces of content joined, of a text that needs no escapes. */
    String content() {
      return CONTENT.matcher(text).results().map(found -> found.group(1)).collect(joining());
    }
  }

  void request(String body, String... headers) throws IOException {
    var head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n");
    for (int i = 0; i < headers.length; i += 2)
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
    send(head.toString());
    socket.getOutputStream().write(bytes);
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads until the text has come, which must not begin with the same character twice. */
  String readUntil(String wanted) throws IOException {
    byte[] end = wanted.getBytes(StandardCharsets.UTF_8);
    var read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    int matched = 0;
    while (matched < end.length) {
      int next = in.read();
      if (next < 0) throw new IOException("ended before " + wanted + ": " + read);
      read.write(next);
      if (next == end[matched]) matched++;
      else matched = next == end[0] ? 1 : 0;
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  /** Reads to the end of the connection, or until nothing has come for this long. */
  Received readAll(Duration silence) throws IOException {
    socket.setSoTimeout((int) silence.toMillis());
    var read = new ByteArrayOutputStream();
    int reads = 0;
    byte[] buffer = new byte[64 * 1024];
    End end;
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.write(buffer, 0, count);
        reads++;
      }
      end = End.CLOSED;
    } catch (SocketTimeoutException silent) {
      end = End.SILENT;
    } catch (IOException reset) {
      end = End.RESET;
    }
    return new Received(read.toString(StandardCharsets.UTF_8), end, reads);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
