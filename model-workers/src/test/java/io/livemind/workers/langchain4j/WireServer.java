package io.livemind.workers.langchain4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model server made of bytes: reads one request a connection after the other and hands each to a
 * script, which writes what it likes.
 *
 * <p>Threading: a virtual thread a connection; the script runs on it.
 */
final class WireServer implements AutoCloseable {

  /** What the server does with a request. */
  interface Script {
    void play(Exchange exchange) throws Exception;
  }

  /** One request, and the way back. */
  static final class Exchange {
    private final Socket socket;
    private final String head;
    private final String body;
    private boolean keptOpen;

    private Exchange(Socket socket, String head, String body) {
      this.socket = socket;
      this.head = head;
      this.body = body;
    }

    String head() {
      return head;
    }

    String body() {
      return body;
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** Status 200 and the headers of a stream that ends with the connection. */
    void open() throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    }

    /** A whole stream in one chunk, after which the connection takes another request. */
    void stream(String events) throws IOException {
      keptOpen = true;
      write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(events.length())
              + "\r\n"
              + events
              + "\r\n0\r\n\r\n");
    }

    void data(String json) throws IOException {
      write("data: " + json + "\n\n");
    }

    void content(String text) throws IOException {
      data("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
    }

    void finish(String reason) throws IOException {
      data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
    }

    void respond(int status, String headers, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      write(
          "HTTP/1.1 "
              + status
              + " X\r\n"
              + headers
              + "Content-Length: "
              + bytes.length
              + "\r\n\r\n");
      write(bytes);
    }

    /** Blocks until the client has closed the connection, a minute at most. */
    void awaitClientGone() throws IOException {
      socket.setSoTimeout(60_000);
      try {
        while (socket.getInputStream().read() >= 0) {}
      } catch (IOException reset) {
        // A client that leaves in the middle may reset: gone is gone.
      }
    }
  }

  private final ServerSocket server;
  private final Script script;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  WireServer(Script script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  int connections() {
    return sockets.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        var exchange =
            new Exchange(
                socket, head, new String(in.readNBytes(length(head)), StandardCharsets.UTF_8));
        exchanges.add(exchange);
        script.play(exchange);
        if (!exchange.keptOpen) return;
      }
    } catch (Exception over) {
      // The client left, or the script broke: what the client made of it is what a test looks at.
    }
  }

  private static String head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      bytes.write(next);
      String so = bytes.toString(StandardCharsets.ISO_8859_1);
      if (so.endsWith("\r\n\r\n")) return so;
    }
    return "";
  }

  private static int length(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return Integer.parseInt(line.substring(15).trim());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
