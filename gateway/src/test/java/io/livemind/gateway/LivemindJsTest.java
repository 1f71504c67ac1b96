package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Replace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code livemind.js}: what reaches the log of what is typed, and what comes back, whatever breaks
 * between.
 */
class LivemindJsTest {
  private static Chromium chromium;

  private Gateway gateway;
  private PageVisit visit;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) chromium.close();
  }

  @BeforeEach
  void begin() {
    gateway = Gateway.start();
    visit = PageVisit.wide(chromium, gateway).connected();
  }

  @AfterEach
  void leave() {
    visit.close();
    gateway.close();
  }

  @Test
  void a_reload_in_the_middle_of_an_answer_loses_and_doubles_nothing() {
    gateway.topology.pace();
    visit.ask("Why is it so?");
    gateway.topology.release(2);
    assertThat(visit.answer()).hasText("It is");
    visit.type("Next thing");
    visit.settle();

    visit.page.reload();
    visit.connected();
    assertThat(visit.answer()).hasText("It is");
    assertThat(visit.page.locator(".turn .asked")).hasText("Why is it so?");
    assertThat(visit.prompt()).hasValue("Next thing");
    gateway.topology.release(2);

    assertThat(visit.answer()).hasText("It is so.");
    visit.settle();
    assertThat(text()).isEqualTo("Next thing");
  }

  @Test
  void a_gateway_that_was_killed_and_started_again_is_found_again_and_nothing_is_lost() {
    gateway.topology.pace();
    visit.ask("Why is it so?");
    gateway.topology.release(1);
    assertThat(visit.answer()).hasText("It");
    int port = gateway.app.uri().getPort();
    gateway.close();
    assertThat(visit.page.locator("#link")).hasAttribute("data-state", "waiting");
    visit.type("Typed while away. ");
    gateway.topology.release(1);

    gateway = Gateway.at(port, gateway.topology);
    visit.connected();
    gateway.topology.release(2);

    assertThat(visit.answer()).hasText("It is so.");
    visit.settle();
    assertThat(text()).isEqualTo("Typed while away. ");
  }

  @Test
  void text_under_composition_is_not_sent() {
    visit.page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.dispatchEvent(new CompositionEvent('compositionstart'));"
            + "area.value = 'に ほ';"
            + "area.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}));");
    visit.page.waitForTimeout(400);
    assertThat(text()).isEmpty();

    visit.page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.value = '日本 ';"
            + "area.dispatchEvent(new CompositionEvent('compositionend'));");

    Gateway.eventually(() -> text().equals("日本 "));
  }

  @Test
  void the_hash_and_the_edits_of_the_browser_are_the_pipelines() {
    String script = "async text => (await import('/page/livemind.js')).textHash(text)";
    for (String each : List.of("", "a", "Why? \ud83d\ude00 \u00fc", "x".repeat(10_000)))
      assertThat(visit.page.evaluate(script, each)).isEqualTo("%016x".formatted(TextHash.of(each)));

    visit.type("smile \ud83d\ude00 on ");
    visit.settle();
    visit.page.evaluate(
        "const area = document.getElementById('prompt');"
            + "area.value = 'smile \ud83d\ude01 on ';"
            + "area.dispatchEvent(new InputEvent('input', {bubbles: true}));");

    Gateway.eventually(() -> text().equals("smile \ud83d\ude01 on "));
    Object last = gateway.topology.received.getLast().fragment().getContent();
    assertThat(last).isEqualTo(new Replace(6, 2, "\ud83d\ude01"));
  }

  @Test
  void two_tabs_with_one_session_the_newer_types_and_the_older_is_told() {
    visit.type("First tab. ");
    visit.settle();
    String stored = (String) visit.page.evaluate("sessionStorage.getItem('livemind')");
    Page second = visit.context.newPage();
    second.addInitScript("sessionStorage.setItem('livemind', " + quoted(stored) + ")");
    second.navigate(gateway.app.uri().toString());
    assertThat(second.locator("#link")).hasAttribute("data-state", "open");
    assertThat(second.locator("#link")).hasAttribute("data-settled", "true");

    visit.page.bringToFront();
    visit.type("more ");

    assertThat(visit.page.locator("#link-text")).hasText("typing elsewhere");
  }

  private static String quoted(String json) {
    return "`" + json.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** What the pipeline holds of the session that was opened last. */
  private String text() {
    return gateway.topology.text(gateway.topology.lastOpened());
  }
}
