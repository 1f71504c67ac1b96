package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.livemind.gateway.ScriptedTopology.Received;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one sees and does at the page, in a browser. */
class PageTest {
  @RegisterExtension static final VisitedPage here = new VisitedPage();

  @Test
  void segments_and_inferences_appear_before_enter_and_the_answer_after() {
    here.visit().type("Trains leave at nine. They are fast. Who");

    assertThat(here.visit().page.locator(".mirror .cut")).hasCount(2);
    assertThat(here.visit().page.locator("#thoughts .thought b").first())
        .hasText("Noted: Trains leave at nine.");
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    here.visit().screenshot("typing");

    here.visit().type(" wins?");
    here.visit().page.keyboard().press("Enter");

    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(here.visit().page.locator(".turn .facts strong")).containsText("after Enter");
    assertThat(here.visit().page.locator(".turn .ahead")).hasText("14 tokens thought ahead");
    assertThat(here.visit().page.locator(".turn .timeline")).isVisible();
    assertThat(here.visit().page.locator("#modes small").first()).containsText("s");
    here.visit().screenshot("answered");
  }

  @Test
  void an_edit_of_an_early_sentence_drops_what_rests_on_it() {
    here.visit().type("One is here. Two is there. And");
    assertThat(here.visit().page.locator("#thoughts .thought.done")).hasCount(2);

    here.visit().page.evaluate("document.getElementById('prompt').setSelectionRange(4, 6)");
    here.visit().page.keyboard().type("was");

    assertThat(here.visit().page.locator("#thoughts .thought.invalid")).hasCount(2);
    assertThat(here.visit().page.locator("#thoughts .thought.invalid small").first())
        .hasText("dropped by your edit");
    assertThat(here.visit().page.locator("#thoughts .thought.done").first())
        .containsText("Noted: One was here.");
    here.visit().settle();
    assertThat(here.gateway().topology.text(here.gateway().topology.lastOpened()))
        .isEqualTo("One was here. Two is there. And");
  }

  @Test
  void hostile_output_is_text() {
    String evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
            + "\u202e\u001b[31m [x](https://evil.example)";
    here.gateway().topology.answers(evil);
    here.visit().ask("Why <b>now</b>? ");

    assertThat(here.visit().answer()).containsText("<script>document.title='owned'</script>");
    assertThat(here.visit().page.locator(".turn img, .turn script, .turn a, .turn .asked b"))
        .hasCount(0);
    assertThat(here.visit().page).hasTitle("LiveMind");
  }

  @Test
  void paused_nothing_leaves_before_enter() {
    here.visit().page.getByRole(AriaRole.SWITCH).check();
    List<Received> received = here.gateway().topology.received;
    int before = received.size();

    here.visit().type("A secret thought. And another. ");
    here.visit().page.keyboard().press("Enter");

    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(received.subList(before, before + 2))
        .extracting(each -> each.fragment().getContent().getClass().getSimpleName())
        .containsExactly("Append", "Submit");
  }

  @Test
  void another_mode_is_another_session_of_that_mode() {
    here.visit()
        .page
        .locator("#modes label", new Page.LocatorOptions().setHasText("Conventional"))
        .click();
    here.visit().connected();
    here.visit().type("One is here. Two. ");
    here.visit().page.keyboard().press("Enter");

    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(here.visit().page.locator(".turn .thought")).hasCount(0);
    assertThat(
            here.gateway().topology.received.stream()
                .map(received -> received.fragment().getContent())
                .filter(Open.class::isInstance)
                .map(content -> ((Open) content).getOptions().getMode()))
        .endsWith(Mode.CONVENTIONAL);
  }

  @Test
  void an_answer_can_be_stopped_and_several_turns_stand_below_each_other() {
    here.gateway().topology.pace();
    here.visit().ask("First?");
    here.gateway().topology.release(1);
    assertThat(here.visit().answer()).hasText("It");
    here.visit()
        .page
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop"))
        .click();
    Gateway.eventually(here.gateway().topology::knowsOfCancel);
    here.gateway().topology.release(1);
    assertThat(here.visit().page.locator(".turn .problem")).hasText("Stopped.");
    here.gateway().topology.release(9);
    here.visit().ask("Second?");

    assertThat(here.visit().page.locator(".turn")).hasCount(2);
    assertThat(here.visit().page.locator(".turn .answer").last()).hasText("It is so.");
  }

  @Test
  void the_sample_types_itself_and_enter_asks_it() {
    here.visit().page.getByText("Type this for me").click();

    assertThat(here.visit().thoughts().nth(1)).containsText("Noted: Two is more.");
    assertThat(here.visit().prompt()).hasValue("One. Two is more. Three?");
    here.visit().page.keyboard().press("Enter");
    assertThat(here.visit().answer()).hasText("It is so.");
  }

  @Test
  void a_deleted_session_leaves_nothing_on_the_page_and_nothing_behind_it() {
    here.visit().ask("Why?");
    assertThat(here.visit().answer()).hasText("It is so.");

    here.visit().page.getByText("Delete session").click();

    assertThat(here.visit().page.locator(".turn")).hasCount(0);
    here.visit().connected();
    assertThat(here.gateway().topology.received)
        .filteredOn(each -> each.fragment().getContent() instanceof Delete)
        .extracting(Received::session)
        .containsExactly(here.gateway().topology.onlySession());
    here.visit().page.reload();
    here.visit().connected();
    assertThat(here.visit().page.locator(".turn")).hasCount(0);
  }

  @Test
  void the_same_question_is_asked_conventionally_with_one_click_and_what_was_typed_stays() {
    here.visit().ask("One is here. Two?");
    assertThat(here.visit().answer()).hasText("It is so.");
    here.visit().type("Next thing");

    here.visit().page.getByText("Ask conventionally too").click();

    assertThat(here.visit().page.locator(".turn")).hasCount(2);
    assertThat(here.visit().page.locator(".turn .asked").last()).hasText("One is here. Two?");
    assertThat(here.visit().page.locator(".turn strong.response")).hasCount(2);
    assertThat(here.visit().page.locator("#modes input:checked")).hasValue("conventional");
    assertThat(here.visit().prompt()).hasValue("Next thing");
  }

  @Test
  void a_draft_is_held_until_enter_shows_it() {
    here.visit().type("One is here. Two?");
    here.visit().settle();

    here.gateway().topology.holdDraft();
    assertThat(here.visit().page.locator("#draft")).containsText("drafted and held");
    here.visit().page.keyboard().press("Enter");

    assertThat(here.visit().answer()).hasText("It is so.");
    assertThat(here.visit().page.locator("#draft")).isHidden();
  }
}
