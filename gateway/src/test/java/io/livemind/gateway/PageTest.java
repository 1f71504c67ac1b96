package io.livemind.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one sees and does at the page, in a browser. */
class PageTest {
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
  void segments_and_inferences_appear_before_enter_and_the_answer_after() {
    visit.type("Trains leave at nine. They are fast. Who");

    assertThat(visit.page.locator(".mirror .cut")).hasCount(2);
    assertThat(visit.page.locator("#thoughts .thought b").first())
        .hasText("Noted: Trains leave at nine.");
    assertThat(visit.page.locator(".turn")).hasCount(0);
    visit.screenshot("typing");

    visit.type(" wins?");
    visit.page.keyboard().press("Enter");

    assertThat(visit.answer()).hasText("It is so.");
    assertThat(visit.page.locator(".turn .facts strong")).containsText("after Enter");
    assertThat(visit.page.locator(".turn .ahead")).hasText("14 tokens thought ahead");
    assertThat(visit.page.locator(".turn .timeline")).isVisible();
    assertThat(visit.page.locator("#modes small").first()).containsText("s");
    visit.screenshot("answered");
  }

  @Test
  void an_edit_of_an_early_sentence_drops_what_rests_on_it() {
    visit.type("One is here. Two is there. And");
    assertThat(visit.page.locator("#thoughts .thought.done")).hasCount(2);

    visit.page.evaluate("document.getElementById('prompt').setSelectionRange(4, 6)");
    visit.page.keyboard().type("was");

    assertThat(visit.page.locator("#thoughts .thought.invalid")).hasCount(2);
    assertThat(visit.page.locator("#thoughts .thought.invalid small").first())
        .hasText("dropped by your edit");
    assertThat(visit.page.locator("#thoughts .thought.done").first())
        .containsText("Noted: One was here.");
    visit.settle();
    assertThat(gateway.topology.text(gateway.topology.lastOpened()))
        .isEqualTo("One was here. Two is there. And");
  }

  @Test
  void hostile_output_is_text() {
    String evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
            + "\u202e\u001b[31m [x](https://evil.example)";
    gateway.topology.answers(evil);
    visit.ask("Why <b>now</b>? ");

    assertThat(visit.answer()).containsText("<script>document.title='owned'</script>");
    assertThat(visit.page.locator(".turn img, .turn script, .turn a, .turn .asked b")).hasCount(0);
    assertThat(visit.page).hasTitle("LiveMind");
  }

  @Test
  void paused_nothing_leaves_before_enter() {
    visit.page.getByRole(AriaRole.SWITCH).check();
    int before = gateway.topology.received.size();

    visit.type("A secret thought. And another. ");
    visit.page.waitForTimeout(0);
    assertThat(gateway.topology.received).hasSize(before);
    visit.page.keyboard().press("Enter");

    assertThat(visit.answer()).hasText("It is so.");
  }

  @Test
  void another_mode_is_another_session_of_that_mode() {
    visit
        .page
        .locator("#modes label", new Page.LocatorOptions().setHasText("Conventional"))
        .click();
    visit.connected();
    visit.type("One is here. Two. ");
    visit.page.keyboard().press("Enter");

    assertThat(visit.answer()).hasText("It is so.");
    assertThat(visit.page.locator(".turn .thought")).hasCount(0);
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
    visit.ask("First?");
    gateway.topology.release(1);
    assertThat(visit.answer()).hasText("It");
    visit.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")).click();
    Gateway.eventually(gateway.topology::knowsOfCancel);
    gateway.topology.release(1);
    assertThat(visit.page.locator(".turn .problem")).hasText("Stopped.");
    gateway.topology.release(9);
    visit.ask("Second?");

    assertThat(visit.page.locator(".turn")).hasCount(2);
    assertThat(visit.page.locator(".turn .answer").last()).hasText("It is so.");
  }

  @Test
  void the_sample_types_itself_and_enter_asks_it() {
    visit.page.getByText("Type this for me").click();

    assertThat(visit.thoughts().nth(1)).containsText("Noted: Two is more.");
    assertThat(visit.prompt()).hasValue("One. Two is more. Three?");
    visit.page.keyboard().press("Enter");
    assertThat(visit.answer()).hasText("It is so.");
  }

  @Test
  void a_deleted_session_leaves_nothing_on_the_page() {
    visit.ask("Why?");
    assertThat(visit.answer()).hasText("It is so.");

    visit.page.getByText("Delete session").click();

    assertThat(visit.page.locator(".turn")).hasCount(0);
    visit.connected();
    visit.page.reload();
    visit.connected();
    assertThat(visit.page.locator(".turn")).hasCount(0);
  }

  @Test
  void the_same_question_is_asked_conventionally_with_one_click_and_what_was_typed_stays() {
    visit.ask("One is here. Two?");
    assertThat(visit.answer()).hasText("It is so.");
    visit.type("Next thing");

    visit.page.getByText("Ask conventionally too").click();

    assertThat(visit.page.locator(".turn")).hasCount(2);
    assertThat(visit.page.locator(".turn .asked").last()).hasText("One is here. Two?");
    assertThat(visit.page.locator(".turn strong.response")).hasCount(2);
    assertThat(visit.page.locator("#modes input:checked")).hasValue("conventional");
    assertThat(visit.prompt()).hasValue("Next thing");
  }

  @Test
  void a_draft_is_held_until_enter_shows_it() {
    visit.type("One is here. Two?");
    visit.settle();

    gateway.topology.holdDraft();
    assertThat(visit.page.locator("#draft")).containsText("drafted and held");
    visit.page.keyboard().press("Enter");

    assertThat(visit.answer()).hasText("It is so.");
    assertThat(visit.page.locator("#draft")).isHidden();
  }
}
