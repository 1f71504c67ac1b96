package io.livemind.replay.report;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The installed browser; nothing is downloaded. Its absence is a failure where {@code CI} is set,
 * and skips the tests elsewhere.
 */
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

  /** A busy machine keeps a page waiting for longer than the five seconds of Playwright. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Browser browser;
  private final Playwright playwright;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    if (!Files.exists(PROGRAM)) {
      String message = "no browser at " + PROGRAM + ": install Chromium, or name one in CHROMIUM";
      if (System.getenv("CI") != null) fail(message);
      assumeTrue(false, message);
    }
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(PROGRAM)
            .setChromiumSandbox(false)
            .setArgs(List.of("--disable-gpu", "--no-first-run", "--disable-background-networking"));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    Playwright playwright = Playwright.create();
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
