package io.livemind.integration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.cli.live.AllInOne;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * The page in a browser, and behind it everything that {@code livemind up} starts: broker,
 * topology, worker, gateway, simulated models. With {@code -Dlivemind.screenshots=FOLDER} it leaves
 * pictures of the page there, taken with models as slow as the calibrated ones.
 */
class PageOnPipelineTest {
  private static final String PROMPT =
      "Trains leave Basel at nine and run at a hundred kilometres an hour. The track is being"
          + " repaired as far as Olten. Half an hour is lost there. When do we arrive in Zurich?";

  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
  private static final Optional<Path> SCREENSHOTS =
      Optional.ofNullable(System.getProperty("livemind.screenshots")).map(Path::of);
  private static final double MODEL_SPEED = SCREENSHOTS.isPresent() ? 1 : 5;
  private static final double KEY_MILLIS = SCREENSHOTS.isPresent() ? 80 : 15;
  private static final double PATIENCE_MILLIS = 60_000;

  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @Test
  void what_is_typed_is_thought_about_before_enter_and_answered_after() throws Exception {
    requireChromium();
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(CHROMIUM)
            .setChromiumSandbox(false)
            .setArgs(List.of("--disable-gpu", "--disable-background-networking"));
    try (AllInOne everything = AllInOne.start(0, SimulatedModels.start(MODEL_SPEED));
        Playwright playwright = Playwright.create();
        Browser browser = playwright.chromium().launch(options)) {
      Page page =
          browser.newPage(new Browser.NewPageOptions().setViewportSize(1_180, 820).setLocale("en"));
      watch(page);
      page.setDefaultTimeout(PATIENCE_MILLIS);
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      page.navigate(everything.uri().toString());
      assertThat(page.locator("#link")).hasAttribute("data-state", "open");

      page.locator("#prompt").focus();
      page.keyboard().type(PROMPT, new Keyboard.TypeOptions().setDelay(KEY_MILLIS));
      assertThat(page.locator("#thoughts .thought.done").nth(1)).containsText("[simulated]");
      assertThat(page.locator(".mirror .cut").nth(2)).isVisible();
      assertThat(page.locator(".turn")).hasCount(0);
      screenshot(page, "page-typing");

      page.keyboard().press("Enter");
      answered(page, 0);
      assertThat(page.locator(".turn .answer")).containsText("had been drawn already");
      assertThat(page.locator(".turn .ahead")).containsText("tokens thought ahead");
      screenshot(page, "page-answered");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.setViewportSize(390, 844);
      screenshot(page, "page-phone-dark");
      page.setViewportSize(1_180, 820);

      page.getByText("Ask conventionally too").click();
      answered(page, 1);
      assertThat(page.locator(".turn .answer").last()).containsText("Nothing was concluded");
      screenshot(page, "page-compared-dark");
    }
    assertThat(complaints).isEmpty();
  }

  private static void answered(Page page, int turn) {
    assertThat(page.locator(".turn").nth(turn).locator("strong.response")).isVisible();
  }

  private void watch(Page page) {
    page.onRequest(
        request -> {
          if (!URI.create(request.url()).getHost().equals("localhost"))
            complaints.add("asked another host: " + request.url());
        });
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) complaints.add(message.text());
        });
  }

  private static void screenshot(Page page, String name) {
    SCREENSHOTS.ifPresent(
        folder ->
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png"))));
  }

  private static void requireChromium() {
    if (Files.exists(CHROMIUM)) return;
    String message = "no browser at " + CHROMIUM + ": install Chromium, or name one in CHROMIUM";
    if (System.getenv("CI") != null) fail(message);
    assumeTrue(false, message);
  }
}
