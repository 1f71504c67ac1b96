package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import io.livemind.gateway.ScriptedTopology.Received;
import io.livemind.schemas.avro.Delete;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is said to be deleted before a gateway has confirmed it. */
class PageDeletionTest {
  private static final String DELETED = "The session and everything in it are deleted.";

  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void a_session_that_no_gateway_could_delete_stays_and_can_be_deleted_again() {
    here.visit().ask("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");
    int port = here.closeGateway();
    assertThat(here.visit().page.locator("#link-text")).hasText("reconnecting…");

    here.visit().page.getByText("Delete session").click();

    assertThat(notice()).containsText("not deleted");
    assertThat(here.visit().answer()).hasText("It is so.");
    here.startGatewayAgain(port);
    assertThat(here.visit().page.locator("#link-text")).hasText("connected");
    assertThat(here.visit().page.locator("#delete")).hasText("Delete again");
    here.visit().page.locator("#delete").click();

    assertThat(notice()).hasText(DELETED);
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    assertThat(here.visit().page.locator("#delete")).hasText("Delete session");
    assertThat(deleted()).containsExactly(here.gateway().topology.onlySession());
  }

  @Test
  void where_a_dead_connection_confirms_nothing_a_request_deletes() {
    here.visit()
        .page
        .routeWebSocket(
            Pattern.compile(".*/v1/live"),
            client -> {
              var server = client.connectToServer();
              client.onMessage(
                  frame -> {
                    if (!frame.text().contains("\"delete\"")) server.send(frame.text());
                  });
            });
    here.visit().page.reload();
    here.visit().connected();
    here.visit().ask("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");
    String session = here.gateway().topology.onlySession();
    here.visit().page.clock().install();
    here.visit().page.clock().pauseAt(System.currentTimeMillis() + 60_000);

    here.visit().page.locator("#delete").click();

    assertThat(here.visit().page.locator(".turn")).hasCount(1);
    here.visit().page.clock().runFor(4_999);
    assertThat(deleted()).isEmpty();
    assertThat(here.visit().page.locator(".turn")).hasCount(1);

    here.visit().page.clock().runFor(1);

    assertThat(notice()).hasText(DELETED);
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    assertThat(deleted()).containsExactly(session);
  }

  @Test
  void a_session_at_another_address_is_deleted_there() {
    var asked = new CopyOnWriteArrayList<String>();
    here.visit()
        .page
        .route(
            "**/elsewhere/**",
            route -> {
              asked.add(route.request().method() + " " + route.request().url());
              answer(route, 204);
            });

    Object confirmed = deleteElsewhere();

    assertThat(asked)
        .containsExactly("DELETE " + here.gateway().app.uri() + "elsewhere/v1/sessions/h");
    assertThat(confirmed).isEqualTo(List.of(true, "closed"));
  }

  @Test
  void what_a_gateway_refuses_to_delete_is_not_deleted() {
    here.visit().page.route("**/elsewhere/**", route -> answer(route, 401));

    assertThat(deleteElsewhere()).isEqualTo(List.of(false, "idle"));
  }

  /** Whether it was confirmed, and the state of the session then. */
  private static Object deleteElsewhere() {
    return here.visit()
        .page
        .evaluate(
            "async () => {"
                + "const { LiveMindSession } = await import('/page/livemind.js');"
                + "const url = `ws://${location.host}/elsewhere/v1/live`;"
                + "const kept = { handle: 'h' };"
                + "const session = new LiveMindSession({ url, model: 'livemind', kept });"
                + "return [await session.delete(), session.state]; }");
  }

  private static void answer(Route route, int status) {
    route.fulfill(new Route.FulfillOptions().setStatus(status));
  }

  /** The sessions that the log says are to be deleted. */
  private static List<String> deleted() {
    return here.gateway().topology.received.stream()
        .filter(each -> each.fragment().getContent() instanceof Delete)
        .map(Received::session)
        .toList();
  }

  private static Locator notice() {
    return here.visit().page.locator("#notice");
  }
}
