package io.livemind.gateway;

import io.javalin.Javalin;
import java.util.function.BooleanSupplier;

/** The admin server: {@code /livez} while the process runs, {@code /readyz} while it can serve. */
final class Health {
  private Health() {}

  /** A server that is not started yet. */
  static Javalin create(BooleanSupplier ready) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
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
