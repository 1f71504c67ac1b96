package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever must sign in is asked to, whenever the sign-in ends. */
class PageSignInTest {
  private static final String KEY = "0123456789abcdef";
  private static final Auth KEYS = new Auth.ApiKeys(Map.of(KEY, "ada"));

  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void whose_sign_in_ends_while_the_connection_is_away_is_asked_again_and_goes_on() {
    Gateway before = Gateway.with(KEYS, Limits.DEFAULT);
    int port = before.app.uri().getPort();
    try (var visit = PageVisit.wide(here.chromium(), before)) {
      signIn(visit);
      visit.connected();
      visit.ask("Why?");
      assertThat(visit.answer()).hasText("It is so.");

      visit.context.clearCookies();
      before.close();
      assertThat(visit.page.locator("#link-text")).hasText("reconnecting…");
      try (var after = Gateway.at(port, before.topology, KEYS)) {
        signIn(visit);

        assertThat(visit.page.locator("#link-text")).hasText("connected");
        visit.ask("And now?");
        assertThat(visit.page.locator(".turn .answer")).hasCount(2);
        assertThat(visit.answer()).hasText("It is so.");
      }
    } finally {
      before.close();
    }
  }

  private static void signIn(PageVisit visit) {
    assertThat(visit.page.locator("#sign-in")).isVisible();
    visit.page.getByLabel("API key").fill(KEY);
    visit.page.keyboard().press("Enter");
    assertThat(visit.page.locator("#sign-in")).isHidden();
  }
}
