package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Replace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a browser. Needs an installed Chromium; its absence is a failure where CI is set. */
class PageTest {
  private static Playwright playwright;
  private static Browser browser;

  private Gateway gateway;
  private BrowserContext context;
  private Page page;
  private final List<String> foreign = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void launch() {
    Chromium.require();
    playwright = Playwright.create();
    browser = Chromium.launch(playwright);
  }

  @AfterAll
  static void quit() {
    if (playwright != null) playwright.close();
  }

  @BeforeEach
  void visit() {
    gateway = Gateway.start();
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1_180, 860)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.onPage(this::watch);
    page = context.newPage();
    page.navigate(gateway.app.uri().toString());
    connected();
  }

  @AfterEach
  void leave() {
    context.close();
    gateway.close();
    assertThat(foreign).as("requests to other hosts").isEmpty();
    assertThat(complaints).as("errors in the console").isEmpty();
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
          // While a gateway is down, the browser itself reports each failed connection.
          if (message.type().equals("error") && !message.text().contains("WebSocket"))
            complaints.add(message.text());
        });
  }

  @Test
  void segments_and_inferences_appear_before_enter_and_the_answer_after() {
    type("Trains leave at nine. They are fast. Who");

    assertThat(page.locator(".mirror .cut")).hasCount(2);
    assertThat(page.locator("#thoughts .thought b").first())
        .hasText("Noted: Trains leave at nine.");
    assertThat(page.locator(".turn")).hasCount(0);
    screenshot("typing");

    type(" wins?");
    page.keyboard().press("Enter");

    assertThat(answer()).hasText("It is so.");
    assertThat(page.locator(".turn .facts strong")).containsText("first word");
    assertThat(page.locator(".turn .ahead")).hasText("14 tokens thought ahead");
    assertThat(page.locator(".turn svg.timeline")).isVisible();
    assertThat(page.locator("#modes small").first()).containsText("s");
    screenshot("answered");
  }

  @Test
  void an_edit_of_an_early_sentence_drops_what_rests_on_it() {
    type("One is here. Two is there. And");
    assertThat(page.locator("#thoughts .thought.done")).hasCount(2);

    page.evaluate("document.getElementById('prompt').setSelectionRange(4, 6)");
    page.keyboard().type("was");

    assertThat(page.locator("#thoughts .thought.invalid")).hasCount(2);
    assertThat(page.locator("#thoughts .thought.invalid small").first())
        .hasText("dropped by your edit");
    assertThat(page.locator("#thoughts .thought.done").first())
        .containsText("Noted: One was here.");
    settle();
    assertThat(text()).isEqualTo("One was here. Two is there. And");
  }

  @Test
  void a_reload_in_the_middle_of_an_answer_loses_and_doubles_nothing() {
    gateway.topology.pace();
    ask("Why is it so?");
    gateway.topology.release(2);
    assertThat(answer()).hasText("It is");
    type("Next thing");
    settle();

    page.reload();
    connected();
    assertThat(answer()).hasText("It is");
    assertThat(page.locator(".turn .asked")).hasText("Why is it so?");
    assertThat(prompt()).hasValue("Next thing");
    gateway.topology.release(2);

    assertThat(answer()).hasText("It is so.");
    settle();
    assertThat(text()).isEqualTo("Next thing");
  }

  @Test
  void a_gateway_that_was_killed_and_started_again_is_found_again_and_nothing_is_lost() {
    gateway.topology.pace();
    ask("Why is it so?");
    gateway.topology.release(1);
    assertThat(answer()).hasText("It");
    int port = gateway.app.uri().getPort();
    gateway.close();
    assertThat(page.locator("#link")).hasAttribute("data-state", "waiting");
    type("Typed while away. ");
    gateway.topology.release(1);

    gateway = Gateway.at(port, gateway.topology);
    connected();
    gateway.topology.release(2);

    assertThat(answer()).hasText("It is so.");
    settle();
    assertThat(text()).isEqualTo("Typed while away. ");
  }

  @Test
  void hostile_output_is_text() {
    String evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
            + "\u202e\u001b[31m [x](https://evil.example)";
    gateway.topology.answers(evil);
    ask("Why <b>now</b>? ");

    assertThat(answer()).containsText("<script>document.title='owned'</script>");
    assertThat(page.locator(".turn img, .turn script, .turn a, .turn .asked b")).hasCount(0);
    assertThat(page).hasTitle("LiveMind");
  }

  @Test
  void paused_nothing_leaves_before_enter() {
    page.getByRole(AriaRole.SWITCH).check();
    int before = gateway.topology.received.size();

    type("A secret thought. And another. ");
    page.waitForTimeout(0);
    assertThat(gateway.topology.received).hasSize(before);
    page.keyboard().press("Enter");

    assertThat(answer()).hasText("It is so.");
  }

  @Test
  void another_mode_is_another_session_of_that_mode() {
    page.locator("#modes label", new Page.LocatorOptions().setHasText("Conventional")).click();
    connected();
    type("One is here. Two. ");
    page.keyboard().press("Enter");

    assertThat(answer()).hasText("It is so.");
    assertThat(page.locator(".turn .thought")).hasCount(0);
    assertThat(
            gateway.topology.received.stream()
                .map(received -> received.fragment().getContent())
                .filter(Open.class::isInstance)
                .map(content -> ((Open) content).getOptions().getMode()))
        .endsWith(Mode.CONVENTIONAL);
  }

  @Test
  void an_answer_can_be_stopped_and_several_turns_stand_below_each_other() {
    gateway.topology.pace();
    ask("First?");
    gateway.topology.release(1);
    assertThat(answer()).hasText("It");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")).click();
    settle();
    gateway.topology.release(1);
    assertThat(page.locator(".turn .problem")).hasText("Stopped.");
    gateway.topology.release(9);
    ask("Second?");

    assertThat(page.locator(".turn")).hasCount(2);
    assertThat(page.locator(".turn .answer").last()).hasText("It is so.");
  }

  @Test
  void the_sample_types_itself_and_enter_asks_it() {
    page.getByText("Type this for me").click();

    assertThat(page.locator("#thoughts .thought").nth(1)).containsText("Noted: Two is more.");
    assertThat(prompt()).hasValue("One. Two is more. Three?");
    page.keyboard().press("Enter");
    assertThat(answer()).hasText("It is so.");
  }

  @Test
  void a_deleted_session_leaves_nothing_on_the_page() {
    ask("Why?");
    assertThat(answer()).hasText("It is so.");

    page.getByText("Delete session").click();

    assertThat(page.locator(".turn")).hasCount(0);
    connected();
    page.reload();
    connected();
    assertThat(page.locator(".turn")).hasCount(0);
  }

  @Test
  void a_reader_of_the_screen_hears_the_answer_by_sentences() {
    gateway.topology.answers("It is", " so. But", " not always.");
    ask("Why?");

    Locator heard = page.locator("[role=log] p");
    assertThat(heard.last()).hasText("But not always.");
    assertThat(heard.first()).hasText("It is so.");
  }

  @Test
  void text_under_composition_is_not_sent() {
    page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.dispatchEvent(new CompositionEvent('compositionstart'));"
            + "area.value = 'に ほ';"
            + "area.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}));");
    page.waitForTimeout(400);
    assertThat(text()).isEmpty();

    page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.value = '日本 ';"
            + "area.dispatchEvent(new CompositionEvent('compositionend'));");

    Gateway.eventually(() -> text().equals("日本 "));
  }

  @Test
  void the_hash_and_the_edits_of_the_browser_are_the_pipelines() {
    String script = "async text => (await import('/page/livemind.js')).textHash(text)";
    for (String each : List.of("", "a", "Why? \ud83d\ude00 \u00fc", "x".repeat(10_000)))
      assertThat(page.evaluate(script, each)).isEqualTo("%016x".formatted(TextHash.of(each)));

    type("smile \ud83d\ude00 on ");
    settle();
    page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.value = 'smile \ud83d\ude01 on ';"
            + "area.dispatchEvent(new InputEvent('input', {bubbles: true}));");

    Gateway.eventually(() -> text().equals("smile \ud83d\ude01 on "));
    Object last = gateway.topology.received.getLast().fragment().getContent();
    assertThat(last).isEqualTo(new Replace(6, 2, "\ud83d\ude01"));
  }

  @Test
  void two_tabs_with_one_session_the_newer_types_and_the_older_is_told() {
    type("First tab. ");
    settle();
    String stored = (String) page.evaluate("sessionStorage.getItem('livemind')");
    Page second = context.newPage();
    second.addInitScript("sessionStorage.setItem('livemind', " + quoted(stored) + ")");
    second.navigate(gateway.app.uri().toString());
    assertThat(second.locator("#link")).hasAttribute("data-state", "open");
    assertThat(second.locator("#link")).hasAttribute("data-settled", "true");

    page.bringToFront();
    type("more ");

    assertThat(page.locator("#link-text")).hasText("typing elsewhere");
  }

  @Test
  void it_fits_a_phone_in_the_dark() {
    context.close();
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(390, 780)
                .setColorScheme(ColorScheme.DARK)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.onPage(this::watch);
    page = context.newPage();
    page.navigate(gateway.app.uri().toString());
    connected();
    type("Trains leave at nine. They are fast. Who wins?");
    settle();
    assertThat(page.locator(".thought")).hasCount(2);

    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");

    assertThat(overflow).isEqualTo(false);
    screenshot("phone-dark");
  }

  private static String quoted(String json) {
    return "`" + json.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private void type(String text) {
    prompt().focus();
    page.keyboard().type(text);
  }

  private void ask(String text) {
    type(text);
    page.keyboard().press("Enter");
  }

  private Locator prompt() {
    return page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true));
  }

  private Locator answer() {
    return page.locator(".turn .answer").last();
  }

  private void connected() {
    assertThat(page.locator("#link")).hasAttribute("data-state", "open");
  }

  /** Everything that was typed is confirmed. */
  private void settle() {
    page.waitForTimeout(350);
    assertThat(page.locator("#link")).hasAttribute("data-settled", "true");
  }

  /** What the pipeline holds of the session that was opened last. */
  private String text() {
    var opened =
        gateway.topology.received.stream()
            .filter(received -> received.fragment().getContent() instanceof Open)
            .toList();
    return gateway.topology.text(opened.getLast().session());
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }
}
