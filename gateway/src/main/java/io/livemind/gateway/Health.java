package io.livemind.gateway;

import io.javalin.Javalin;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The admin server: {@code /livez} while the process runs, {@code /readyz} while it can serve,
 * {@code /metrics} for Prometheus.
 */
final class Health {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private Health() {}

  /** A server that is not started yet. */
  static Javalin create(BooleanSupplier ready, Optional<Supplier<String>> metrics) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          metrics.ifPresent(
              scrape ->
                  config.routes.get(
                      "/metrics", request -> request.contentType(PROMETHEUS).result(scrape.get())));
          config.routes.get("/livez", request -> request.result("alive"));
          config.routes.get(
              "/readyz",
              request -> {
                boolean yes = ready.getAsBoolean();
                request.status(yes ? 200 : 503).result(yes ? "ready" : "answers are not read");
              });
        });
  }
}
