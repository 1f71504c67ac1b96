package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page says of its connection, of what was missed, and of when things happened. */
class PageConnectionTest {
  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void a_lost_connection_and_its_return_are_told() {
    here.visit().ask("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");

    int port = here.closeGateway();
    assertThat(link()).hasText("reconnecting…");
    assertThat(notice()).containsText("Keep typing");
    here.startGatewayAgain(port);

    assertThat(notice()).hasText("Connected again. Nothing was missed.");
    assertThat(link()).hasText("connected");
    assertThat(here.visit().answer()).hasText("It is so.");
  }

  @Test
  void history_that_is_gone_is_told_and_the_turns_are_there_all_the_same() {
    here.visit().ask("One is here. Why?");
    assertThat(here.visit().answer()).hasText("It is so.");

    int port = here.closeGateway();
    here.gateway().topology.happensUnseen();
    here.gateway().topology.log.forgetEverything();
    here.startGatewayAgain(port);

    assertThat(notice()).hasText("Connected again, but a part of the history is gone.");
    assertThat(link()).hasText("connected, history incomplete");
    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(here.visit().page.locator(".turn .asked")).hasText("One is here. Why?");
    here.visit().ask("And now?");
    assertThat(here.visit().page.locator(".turn .answer")).hasCount(2);
    assertThat(here.visit().answer()).hasText("It is so.");
  }

  @Test
  void a_page_without_memory_of_its_own_gets_prompts_and_answers_of_lost_history() {
    here.visit().ask("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");
    here.gateway().topology.log.forgetEverything();

    here.visit()
        .page
        .evaluate(
            "const kept = JSON.parse(sessionStorage.getItem('livemind'));"
                + "window.addEventListener('pagehide', () => sessionStorage.setItem('livemind',"
                + " JSON.stringify({...kept, turns: []})))");
    here.visit().page.reload();
    here.visit().connected();

    assertThat(here.visit().page.locator(".turn .asked")).hasText("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(here.visit().page.locator(".turn .thought")).hasCount(0);
  }

  @Test
  void a_refused_prompt_comes_back_with_those_behind_it_and_what_was_typed_stays() {
    here.gateway().topology.longestPrompt(20);
    int port = here.closeGateway();
    assertThat(link()).hasText("reconnecting…");
    here.visit().ask("This is far longer than is allowed.");
    here.visit().ask("Why?");
    here.visit().type("And so on. ");

    here.startGatewayAgain(port);

    assertThat(here.visit().prompt())
        .hasValue("This is far longer than is allowed.\n\nWhy?\n\nAnd so on. ");
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    here.visit().put("And so on.");
    here.visit().page.keyboard().press("Enter");
    assertThat(here.visit().answer()).hasText("It is so.");
  }

  @Test
  void a_turn_has_a_timeline_for_eyes_and_in_words() {
    here.visit().type("One is here. Two is there. And?");
    assertThat(here.visit().thoughts()).hasCount(2);
    assertThat(here.visit().page.locator("#progress .timeline")).isVisible();

    here.visit().page.keyboard().press("Enter");

    Locator timeline = here.visit().page.locator(".turn .timeline");
    assertThat(timeline.locator(".typed")).hasCount(3);
    assertThat(timeline.locator(".thinking.done")).hasCount(2);
    assertThat(timeline.locator(".answering")).hasCount(1);
    assertThat(timeline.locator(".enter")).hasText("Enter");
    assertThat(timeline)
        .hasAttribute(
            "aria-label",
            Pattern.compile(
                "Typed for .+ s; 2 inferences meanwhile; answer complete .+ after Enter\\."));
  }

  private static Locator link() {
    return here.visit().page.locator("#link-text");
  }

  private static Locator notice() {
    return here.visit().page.locator("#notice");
  }
}
