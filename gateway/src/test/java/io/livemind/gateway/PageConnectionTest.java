package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
  void an_answer_that_is_stopped_while_the_connection_is_away_is_stopped_when_it_is_back() {
    here.gateway().topology.pace();
    int port = here.closeGateway();
    assertThat(link()).hasText("reconnecting…");
    here.visit().ask("Why?");
    here.visit().page.keyboard().press("Escape");

    here.startGatewayAgain(port);
    Gateway.eventually(here.gateway().topology::knowsOfCancel);
    here.gateway().topology.release(9);

    assertThat(here.visit().page.locator(".turn .problem")).hasText("Stopped.");
  }

  @Test
  void an_answer_that_is_stopped_as_the_connection_dies_is_stopped_when_it_is_back() {
    here.gateway().topology.pace();
    var dead = new AtomicBoolean();
    here.visit()
        .page
        .routeWebSocket(
            Pattern.compile(".*/v1/live"),
            client -> {
              var server = client.connectToServer();
              client.onMessage(
                  frame -> {
                    boolean cancel = frame.text().contains("\"cancel\"");
                    if (cancel && !dead.getAndSet(true)) client.close();
                    else server.send(frame.text());
                  });
            });
    here.visit().page.reload();
    here.visit().connected();
    here.visit().ask("Why?");
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It");

    here.visit().page.keyboard().press("Escape");
    here.visit().page.waitForCondition(here.gateway().topology::knowsOfCancel);
    here.gateway().topology.release(9);

    assertThat(here.visit().page.locator(".turn .problem")).hasText("Stopped.");
  }

  @Test
  void a_prompt_that_was_asked_before_a_reload_comes_back_when_it_is_refused() {
    here.gateway().topology.longestPrompt(20);
    var away = new AtomicBoolean(true);
    here.visit()
        .page
        .routeWebSocket(
            Pattern.compile(".*/v1/live"),
            client -> {
              if (away.get()) client.close();
              else client.connectToServer();
            });
    here.visit().page.reload();
    assertThat(link()).hasText("reconnecting…");
    here.visit().ask("This is far longer than is allowed.");

    away.set(false);
    here.visit().page.reload();

    assertThat(here.visit().prompt()).hasValue("This is far longer than is allowed.");
  }

  @Test
  void a_prompt_whose_fragments_are_too_large_comes_back_and_the_next_is_answered() {
    var strict = new Limits(20_000, 100, 50, 100, 100, 100, Duration.ofSeconds(1));
    try (var gateway = Gateway.with(new Auth.None(), strict);
        var visit = PageVisit.wide(here.chromium(), gateway).connected()) {
      visit.put("x".repeat(101));
      visit.page.keyboard().press("Enter");
      assertThat(visit.prompt()).hasValue("x".repeat(101));
      assertThat(visit.page.locator("#notice")).containsText("fragment-length");

      visit.put("Why?");
      visit.page.keyboard().press("Enter");

      assertThat(visit.answer()).hasText("It is so.");
    }
  }

  @Test
  void whose_day_is_spent_gets_the_prompt_back_and_sends_no_more() {
    var fragments = new AtomicInteger();
    here.visit()
        .page
        .routeWebSocket(
            Pattern.compile(".*/v1/live"),
            client -> {
              var server = client.connectToServer();
              client.onMessage(
                  frame -> {
                    var message = Gateway.json(frame.text());
                    if (message.path("type").asText().equals("fragment")) {
                      fragments.incrementAndGet();
                      client.send(
                          "{\"type\":\"error\",\"sequence\":%s,\"error\":{\"code\":\"too_many_requests\",\"message\":\"Spent.\",\"retryAfterMillis\":3600000}}"
                              .formatted(message.path("sequence")));
                    } else {
                      server.send(frame.text());
                    }
                  });
            });
    here.visit().page.evaluate("sessionStorage.clear()");
    here.visit().page.reload();
    here.visit().connected();

    here.visit().ask("Why?");

    assertThat(here.visit().prompt()).hasValue("Why?");
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    here.visit().connected();
    int refused = fragments.get();
    here.visit().page.keyboard().press("Enter");
    assertThat(notice()).hasText("Spent.");
    assertThat(here.visit().prompt()).hasValue("Why?");
    org.assertj.core.api.Assertions.assertThat(fragments).hasValue(refused);
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
