package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Replace;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code livemind.js}: what reaches the log of what is typed, and what comes back, whatever breaks
 * between.
 */
class LivemindJsTest {
  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void a_reload_in_the_middle_of_an_answer_loses_and_doubles_nothing() {
    here.gateway().topology.pace();
    here.visit().ask("Why is it so?");
    here.gateway().topology.release(2);
    assertThat(here.visit().answer()).hasText("It is");
    here.visit().type("Next thing");
    here.visit().settle();

    here.visit().page.reload();
    here.visit().connected();
    assertThat(here.visit().answer()).hasText("It is");
    assertThat(here.visit().page.locator(".turn .asked")).hasText("Why is it so?");
    assertThat(here.visit().prompt()).hasValue("Next thing");
    here.gateway().topology.release(2);

    assertThat(here.visit().answer()).hasText("It is so.");
    here.visit().settle();
    assertThat(text()).isEqualTo("Next thing");
  }

  @Test
  void a_gateway_that_was_killed_and_started_again_is_found_again_and_nothing_is_lost() {
    here.gateway().topology.pace();
    here.visit().ask("Why is it so?");
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It");
    int port = here.closeGateway();
    assertThat(here.visit().page.locator("#link")).hasAttribute("data-state", "waiting");
    here.visit().type("Typed while away. ");
    here.gateway().topology.release(1);

    here.startGatewayAgain(port);
    here.visit().connected();
    here.gateway().topology.release(2);

    assertThat(here.visit().answer()).hasText("It is so.");
    here.visit().settle();
    assertThat(text()).isEqualTo("Typed while away. ");
  }

  @Test
  void a_gateway_that_is_silent_for_45_s_is_left_for_another_connection() {
    here.gateway().topology.pace();
    here.visit().ask("Why is it so?");
    here.visit().settle();
    stopTheClock();
    var sockets = new AtomicInteger();
    here.visit().page.onWebSocket(_ -> sockets.incrementAndGet());

    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It");
    here.visit().page.clock().runFor(44_000);
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It is");
    here.visit().page.clock().runFor(44_000);
    assertThat(sockets).hasValue(0);

    here.visit().page.clock().runFor(1_000);

    here.gateway().topology.release(2);
    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(sockets).hasValue(1);
  }

  @Test
  void a_word_is_sent_when_it_ends_and_what_is_left_300_ms_after_the_last_key() {
    stopTheClock();

    here.visit().type("One two thr");
    here.visit().page.clock().runFor(299);
    here.visit().type("ee");
    here.visit().page.clock().runFor(299);
    here.visit().type("!");
    here.visit().page.clock().runFor(300);

    Gateway.eventually(() -> text().equals("One two three!"));
    assertThat(appended()).containsExactly("One ", "two ", "three!");
  }

  @Test
  void where_words_are_not_spaced_four_characters_are_sent() {
    stopTheClock();

    here.visit().put("今日");
    here.visit().put("今日は寒い");
    here.visit().put("今日は寒いです");
    here.visit().put("今日は寒いですね今");

    Gateway.eventually(() -> text().equals("今日は寒いですね今"));
    assertThat(appended()).containsExactly("今日は寒い", "ですね今");
  }

  /** Time in the page goes on only when a test says so. */
  private static void stopTheClock() {
    here.visit().page.clock().install();
    here.visit().page.clock().pauseAt(System.currentTimeMillis() + 60_000);
  }

  private static List<String> appended() {
    return here.gateway().topology.received.stream()
        .map(received -> received.fragment().getContent())
        .filter(Append.class::isInstance)
        .map(content -> ((Append) content).getText())
        .toList();
  }

  @Test
  void text_under_composition_is_not_sent() {
    here.visit()
        .page
        .evaluate(
            "const area = document.getElementById('prompt');"
                + "area.dispatchEvent(new CompositionEvent('compositionstart'));"
                + "area.value = 'に ほ';"
                + "area.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}));");
    here.visit().page.waitForTimeout(400);
    assertThat(text()).isEmpty();

    here.visit()
        .page
        .evaluate(
            "const area = document.getElementById('prompt');"
                + "area.value = '日本 ';"
                + "area.dispatchEvent(new CompositionEvent('compositionend'));");

    Gateway.eventually(() -> text().equals("日本 "));
  }

  @Test
  void the_hash_and_the_edits_of_the_browser_are_the_pipelines() {
    String script = "async text => (await import('/page/livemind.js')).textHash(text)";
    for (String each : List.of("", "a", "Why? \ud83d\ude00 \u00fc", "x".repeat(10_000)))
      assertThat(here.visit().page.evaluate(script, each))
          .isEqualTo("%016x".formatted(TextHash.of(each)));

    here.visit().type("smile \ud83d\ude00 on ");
    here.visit().settle();
    here.visit()
        .page
        .evaluate(
            "const area = document.getElementById('prompt');"
                + "area.value = 'smile \ud83d\ude01 on ';"
                + "area.dispatchEvent(new InputEvent('input', {bubbles: true}));");

    Gateway.eventually(() -> text().equals("smile \ud83d\ude01 on "));
    Object last = here.gateway().topology.received.getLast().fragment().getContent();
    assertThat(last).isEqualTo(new Replace(6, 2, "\ud83d\ude01"));
  }

  @Test
  void two_tabs_with_one_session_the_newer_types_and_the_older_is_told() {
    here.visit().type("First tab. ");
    here.visit().settle();
    String stored = (String) here.visit().page.evaluate("sessionStorage.getItem('livemind')");
    Page second = here.visit().context.newPage();
    second.addInitScript("sessionStorage.setItem('livemind', " + quoted(stored) + ")");
    second.navigate(here.gateway().app.uri().toString());
    assertThat(second.locator("#link")).hasAttribute("data-state", "open");
    assertThat(second.locator("#link")).hasAttribute("data-settled", "true");

    here.visit().page.bringToFront();
    here.visit().type("more ");

    assertThat(here.visit().page.locator("#link-text")).hasText("typing elsewhere");
  }

  private static String quoted(String json) {
    return "`" + json.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  /** What the pipeline holds of the session that was opened last. */
  private String text() {
    return here.gateway().topology.text(here.gateway().topology.lastOpened());
  }
}
