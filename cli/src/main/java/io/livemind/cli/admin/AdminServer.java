package io.livemind.cli.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /livez} answers while the process runs, {@code /readyz} tells whether the role does its
 * work, {@code /metrics} is for Prometheus.
 *
 * <p>Threading: start and close from one thread; requests run on virtual threads.
 */
public final class AdminServer implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param port 0 takes any free one
   * @param ready whether the role does its work
   * @param metrics all metrics as Prometheus reads them
   * @throws AdminPortException if it cannot listen there
   */
  public static AdminServer start(
      String host, int port, BooleanSupplier ready, Supplier<String> metrics) {
    try {
      var admin = new AdminServer(HttpServer.create(new InetSocketAddress(host, port), BACKLOG));
      admin.routes(ready, metrics);
      admin.server.setExecutor(admin.threads);
      admin.server.start();
      return admin;
    } catch (IOException | IllegalArgumentException refused) {
      throw new AdminPortException(host, port, refused);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void routes(BooleanSupplier ready, Supplier<String> metrics) {
    server.createContext("/livez", exchange -> answer(exchange, 200, TEXT, "alive\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          boolean yes = ready.getAsBoolean();
          answer(exchange, yes ? 200 : 503, TEXT, yes ? "ready\n" : "not ready\n");
        });
    server.createContext("/metrics", exchange -> answer(exchange, 200, METRICS, metrics.get()));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
