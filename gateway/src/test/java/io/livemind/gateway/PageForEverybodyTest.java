package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eyes, ears, keyboards, small windows. */
class PageForEverybodyTest {
  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void no_rule_of_wcag_is_broken_in_the_light_in_the_dark_and_on_a_phone() {
    here.visit().close();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1_180, 390)) {
        here.visitAgain(
            PageVisit.of(here.chromium(), here.gateway(), width, 780, scheme).connected());
        here.visit().assertAccessible();
        here.visit().type("Trains leave at nine. They are fast. Who wins?");
        here.visit().settle();
        here.visit().page.evaluate("document.getElementById('prompt').setSelectionRange(0, 6)");
        here.visit().page.keyboard().type("Buses");
        assertThat(here.visit().page.locator("#thoughts .thought.done")).hasCount(2);
        here.visit().assertAccessible();
        here.visit().assertNothingWiderThanTheWindow();
        here.visit().screenshot("typing-" + scheme + "-" + width);

        here.visit().page.keyboard().press("Enter");
        assertThat(here.visit().page.locator(".turn strong.response")).isVisible();
        here.visit().assertAccessible();
        here.visit().assertNothingWiderThanTheWindow();
        here.visit().screenshot("answered-" + scheme + "-" + width);
        if (width != 390 || scheme != ColorScheme.DARK) here.visit().close();
      }
    }
  }

  @Test
  void everything_can_be_done_from_the_keyboard() {
    assertThat(here.visit().prompt()).isFocused();
    here.gateway().topology.pace();
    here.visit().page.keyboard().type("Why?");
    here.visit().page.keyboard().press("Enter");
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It");

    here.visit().page.keyboard().press("Escape");
    Gateway.eventually(here.gateway().topology::knowsOfCancel);
    here.gateway().topology.release(9);

    assertThat(here.visit().page.locator(".turn .problem")).hasText("Stopped.");
    here.visit().page.keyboard().press("Tab");
    assertThat(here.visit().page.locator("#ask")).isFocused();
    here.visit().page.keyboard().press("Tab");
    here.visit().page.keyboard().press("Tab");
    assertThat(here.visit().page.getByRole(AriaRole.SWITCH)).isFocused();
    here.visit().page.keyboard().press("Space");
    assertThat(here.visit().page.locator("#privacy")).containsText("only with Enter");
    here.visit().page.keyboard().press("Tab");
    here.visit().page.keyboard().press("Enter");
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
  }

  @Test
  void a_reader_of_the_screen_hears_the_answer_by_sentences() {
    here.gateway().topology.answers("It is", " so. But", " not always.");
    here.visit().ask("Why?");

    Locator heard = here.visit().page.locator("[role=log] p");
    assertThat(heard.last()).hasText("But not always.");
    assertThat(heard.first()).hasText("It is so.");
  }

  @Test
  void a_longer_answer_does_not_move_what_somebody_reads_further_up() {
    for (int i = 0; i < 3; i++) {
      here.gateway().topology.answers("A line.\n".repeat(30));
      here.visit().ask("Why?");
      assertThat(here.visit().page.locator(".turn strong.response")).hasCount(i + 1);
    }
    here.visit().page.evaluate("window.scrollTo(0, 0)");
    here.gateway().topology.pace();
    here.gateway().topology.answers("One.", " Two.");
    here.visit().page.evaluate("document.getElementById('prompt').focus({preventScroll: true})");
    here.visit().page.keyboard().type("And?");
    here.visit().page.keyboard().press("Enter");
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("One.");
    here.visit().page.evaluate("window.scrollTo(0, 0)");

    here.gateway().topology.release(1);

    assertThat(here.visit().answer()).hasText("One. Two.");
    assertThat(here.visit().page.evaluate("window.scrollY")).isEqualTo(0);
  }
}
