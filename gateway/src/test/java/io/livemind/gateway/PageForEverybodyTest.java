package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eyes, ears, keyboards, small windows. */
class PageForEverybodyTest {
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
  void no_rule_of_wcag_is_broken_in_the_light_in_the_dark_and_on_a_phone() {
    visit.close();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1_180, 390)) {
        visit = PageVisit.of(chromium, gateway, width, 780, scheme).connected();
        visit.assertAccessible();
        visit.type("Trains leave at nine. They are fast. Who wins?");
        visit.settle();
        visit.page.evaluate("document.getElementById('prompt').setSelectionRange(0, 6)");
        visit.page.keyboard().type("Buses");
        assertThat(visit.page.locator("#thoughts .thought.done")).hasCount(2);
        visit.assertAccessible();
        visit.assertNothingWiderThanTheWindow();
        visit.screenshot("typing-" + scheme + "-" + width);

        visit.page.keyboard().press("Enter");
        assertThat(visit.page.locator(".turn strong.response")).isVisible();
        visit.assertAccessible();
        visit.assertNothingWiderThanTheWindow();
        visit.screenshot("answered-" + scheme + "-" + width);
        if (width != 390 || scheme != ColorScheme.DARK) visit.close();
      }
    }
  }

  @Test
  void everything_can_be_done_from_the_keyboard() {
    assertThat(visit.prompt()).isFocused();
    gateway.topology.pace();
    visit.page.keyboard().type("Why?");
    visit.page.keyboard().press("Enter");
    gateway.topology.release(1);
    assertThat(visit.answer()).hasText("It");

    visit.page.keyboard().press("Escape");
    Gateway.eventually(gateway.topology::knowsOfCancel);
    gateway.topology.release(9);

    assertThat(visit.page.locator(".turn .problem")).hasText("Stopped.");
    visit.page.keyboard().press("Tab");
    assertThat(visit.page.locator("#ask")).isFocused();
    visit.page.keyboard().press("Tab");
    visit.page.keyboard().press("Tab");
    assertThat(visit.page.getByRole(AriaRole.SWITCH)).isFocused();
    visit.page.keyboard().press("Space");
    assertThat(visit.page.locator("#privacy")).containsText("only with Enter");
    visit.page.keyboard().press("Tab");
    visit.page.keyboard().press("Enter");
    assertThat(visit.page.locator(".turn")).hasCount(0);
  }

  @Test
  void a_reader_of_the_screen_hears_the_answer_by_sentences() {
    gateway.topology.answers("It is", " so. But", " not always.");
    visit.ask("Why?");

    Locator heard = visit.page.locator("[role=log] p");
    assertThat(heard.last()).hasText("But not always.");
    assertThat(heard.first()).hasText("It is so.");
  }

  @Test
  void a_longer_answer_does_not_move_what_somebody_reads_further_up() {
    for (int i = 0; i < 3; i++) {
      gateway.topology.answers("A line.\n".repeat(30));
      visit.ask("Why?");
      assertThat(visit.page.locator(".turn strong.response")).hasCount(i + 1);
    }
    visit.page.evaluate("window.scrollTo(0, 0)");
    gateway.topology.pace();
    gateway.topology.answers("One.", " Two.");
    visit.page.evaluate("document.getElementById('prompt').focus({preventScroll: true})");
    visit.page.keyboard().type("And?");
    visit.page.keyboard().press("Enter");
    gateway.topology.release(1);
    assertThat(visit.answer()).hasText("One.");
    visit.page.evaluate("window.scrollTo(0, 0)");

    gateway.topology.release(1);

    assertThat(visit.answer()).hasText("One. Two.");
    assertThat(visit.page.evaluate("window.scrollY")).isEqualTo(0);
  }
}
