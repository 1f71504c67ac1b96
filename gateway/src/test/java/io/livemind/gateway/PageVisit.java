package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody at the page. At the end no other host was asked for anything, and nothing went wrong.
 */
final class PageVisit implements AutoCloseable {
  /** WCAG 2.2 AA, and what axe holds to be good practice. */
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  final BrowserContext context;
  final Page page;
  private final List<String> foreign = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private PageVisit(BrowserContext context, URI gateway) {
    this.context = context;
    context.onPage(this::watch);
    page = context.newPage();
    page.navigate(gateway.toString());
  }

  /** A wide window, in the light. */
  static PageVisit wide(Chromium chromium, Gateway gateway) {
    return of(chromium, gateway, 1_180, 860, ColorScheme.LIGHT);
  }

  static PageVisit of(
      Chromium chromium, Gateway gateway, int width, int height, ColorScheme scheme) {
    var options =
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE);
    return new PageVisit(chromium.browser.newContext(options), gateway.app.uri());
  }

  private void watch(Page watched) {
    watched.onRequest(
        request -> {
          if (!URI.create(request.url()).getHost().matches("127.0.0.1|localhost"))
            foreign.add(request.url());
        });
    watched.onPageError(complaints::add);
    watched.onConsoleMessage(
        message -> {
          // The browser itself reports each connection to a gateway that is down, and each request
          // of somebody who has not signed in.
          boolean expected =
              message.text().contains("WebSocket")
                  || message.text().contains("ERR_CONNECTION_REFUSED")
                  || message.text().contains("status of 401");
          if (message.type().equals("error") && !expected) complaints.add(message.text());
        });
  }

  @Override
  public void close() {
    context.close();
    assertThat(foreign).as("requests to other hosts").isEmpty();
    assertThat(complaints).as("errors in the console").isEmpty();
  }

  PageVisit connected() {
    assertThat(page.locator("#link")).hasAttribute("data-state", "open");
    return this;
  }

  void type(String text) {
    prompt().focus();
    page.keyboard().type(text);
  }

  void ask(String text) {
    type(text);
    page.keyboard().press("Enter");
  }

  /** Changes the text at once, as a paste or an input method does. */
  void put(String text) {
    page.evaluate(
        "text => { const area = document.getElementById('prompt'); area.value = text;"
            + "area.dispatchEvent(new InputEvent('input', {bubbles: true})); }",
        text);
  }

  /** Everything that was typed is confirmed. */
  void settle() {
    page.waitForTimeout(350);
    assertThat(page.locator("#link")).hasAttribute("data-settled", "true");
  }

  Locator prompt() {
    return page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true));
  }

  Locator answer() {
    return page.locator(".turn .answer").last();
  }

  Locator thoughts() {
    return page.locator("#thoughts .thought");
  }

  void assertAccessible() {
    var violations =
        new AxeBuilder(page).setLegacyMode(true).withTags(RULES).analyze().getViolations();
    assertThat(violations)
        .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
        .isEmpty();
  }

  void assertNothingWiderThanTheWindow() {
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertThat(overflow).isEqualTo(false);
  }

  /** For people: {@code target/screenshots} is no test. */
  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }
}
