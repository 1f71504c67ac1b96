package io.livemind.gateway;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The installed browser; nothing is downloaded. */
final class Chromium {
  private static final Path PROGRAM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

  private Chromium() {}

  /** Fails where CI is set, and skips the tests elsewhere, if there is no browser. */
  static void require() {
    if (Files.exists(PROGRAM)) return;
    String message = "no browser at " + PROGRAM + ": install Chromium, or name one in CHROMIUM";
    if (System.getenv("CI") != null) fail(message);
    assumeTrue(false, message);
  }

  static Browser launch(Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(PROGRAM)
                .setHeadless(true)
                .setChromiumSandbox(false)
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync")));
  }
}
