package io.livemind.replay.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.livemind.replay.Arm;
import io.livemind.replay.Samples;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.replay.play.TurnResult.Seen;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.TypingEvent;
import io.livemind.replay.recording.TypingEvent.Edited;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.DraftEnded;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.InferenceDropped;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTML report in a browser: it stands alone, its charts hold data, its sessions can be read.
 */
class ReportHtmlTest {
  private static final String EVIL =
      "</script><script>document.title='owned'</script><img src=https://evil.example/x>";
  private static final String[] THOUGHTS = {"One of two.", "Perhaps two.", "(cancelled)"};
  private static final long MILLI = 1_000_000;
  private static final ModelUsage USAGE = new ModelUsage(40, 12, 10, 5L, 9L, null, null);

  private static Chromium chromium;

  private Path file;
  private Page page;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) chromium.close();
  }

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    file = folder.resolve("report.html");
    Files.writeString(file, ReportHtml.format(report()));
    page = open(1_100, ColorScheme.LIGHT);
  }

  @AfterEach
  void nothing_was_asked_for_and_nothing_went_wrong() {
    page.context().close();
    assertThat(requests).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
    assertThat(requests).filteredOn(url -> url.startsWith("file:")).hasSize(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void cards_tables_and_charts_hold_the_figures() {
    assertThat(page.locator(".card .big").first()).hasText("1.25 s");
    assertThat(page.locator(".card").nth(0)).containsText("75.0 % below conventional");
    assertThat(page.locator("#arms tbody tr")).hasCount(2);
    assertThat(page.locator("#cost tbody tr").first()).containsText("12");
    assertThat(page.locator("canvas")).hasCount(2);
    assertThat(page.evaluate("charts.map(plot => plot.data.map(line => line.length))"))
        .isEqualTo(List.of(List.of(5, 5, 5), List.of(2, 2, 2)));
    Object painted =
        page.evaluate(
            "charts.every(plot => plot.ctx.getImageData(0, 0, plot.ctx.canvas.width,"
                + " plot.ctx.canvas.height).data.some(byte => byte > 0))");
    assertThat(painted).isEqualTo(true);
    screenshot("report");
  }

  @Test
  void any_session_can_be_picked_and_shows_what_happened_when() {
    page.locator("#session").selectOption("2");

    assertThat(page.locator("#story .facts")).containsText("Title of b");
    assertThat(page.locator(".lane .key")).hasCount(3);
    assertThat(page.locator(".lane .segment")).hasCount(2);
    assertThat(page.locator(".lane .thinking.done")).hasCount(1);
    assertThat(page.locator(".prompt .cut").first()).hasText("1one ");
    assertThat(page.locator(".inferences li")).containsText("It counts.");
    page.locator("#arm").selectOption("conventional");
    assertThat(page.locator("#story .facts")).containsText("Title of b · conventional");
    page.locator("#previous").click();
    assertThat(page.locator("#story .facts")).containsText("Title of a");
  }

  @Test
  void an_edit_what_it_invalidates_a_cancelled_call_and_a_draft_are_in_the_timeline() {
    page.locator("#session").selectOption("4");

    assertThat(page.locator("#story .facts")).containsText("Title of edited");
    assertThat(page.locator(".lane .key.gone")).hasCount(1);
    assertThat(page.locator(".lane .segment")).hasCount(2);
    assertThat(page.locator(".lane .thinking.done")).hasCount(1);
    assertThat(page.locator(".lane .thinking.invalid")).hasCount(1);
    assertThat(page.locator(".lane .thinking.dropped")).hasCount(1);
    assertThat(page.locator(".lane .draft.released")).hasCount(1);
    assertThat(page.locator(".inferences li")).containsText(THOUGHTS);
    assertThat(page.locator(".inferences li.invalid small")).containsText("dropped by an edit");
    assertThat(page.locator("#cost tbody tr").first().locator("td").nth(1)).hasText("0.5");
    screenshot("report-edited");
  }

  @Test
  void a_draft_that_was_begun_in_vain_is_told_from_one_that_was_shown() {
    page.locator("#session").selectOption("5");

    assertThat(page.locator(".lane .draft.dropped")).hasCount(1);
    assertThat(page.locator(".lane .draft.released")).hasCount(0);
  }

  @Test
  void a_session_is_picked_by_keyboard_alone() {
    focus("arm");
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#story .facts")).containsText("Title of a · conventional");
    focus("session");
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#story .facts")).containsText("Title of b · conventional");
    focus("previous");
    page.keyboard().press("Enter");
    assertThat(page.locator("#story .facts")).containsText("Title of a · conventional");
    focus("next");
    page.keyboard().press("Space");
    assertThat(page.locator("#story .facts")).containsText("Title of b · conventional");
  }

  @Test
  void nothing_is_compared_with_recordings_that_hold_no_answers() throws IOException {
    Files.writeString(file, ReportHtml.format(unanswered()));
    page.context().close();
    requests.clear();
    page = open(1_100, ColorScheme.LIGHT);

    assertThat(page.locator("#arms thead")).not().containsText("as recorded");
    assertThat(page.locator("#cuts")).containsText("live below conventional");
    assertThat(page.locator("#cuts thead")).not().containsText("recorded");
  }

  @Test
  void what_models_said_is_text() {
    assertThat(page.locator("#story .answer")).hasText(EVIL);
    assertThat(page).hasTitle("LiveMind: replay report");
    assertThat(page.locator("#story img, #story script")).hasCount(0);
  }

  @Test
  void no_rule_of_wcag_is_broken_in_the_light_in_the_dark_and_on_a_phone() {
    var rules = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK))
      for (int width : List.of(1_100, 390)) {
        page.context().close();
        requests.clear();
        page = open(width, scheme);

        var found = new AxeBuilder(page).setLegacyMode(true).withTags(rules).analyze();

        assertThat(found.getViolations())
            .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
            .isEmpty();
        Object overflow =
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth");
        assertThat(overflow).isEqualTo(false);
        screenshot("report-" + scheme + "-" + width);
      }
  }

  private Page open(int width, ColorScheme scheme) {
    BrowserContext context =
        chromium.browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
    Page opened = context.newPage();
    opened.onRequest(request -> requests.add(request.url()));
    opened.onPageError(complaints::add);
    opened.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) complaints.add(message.text());
        });
    opened.navigate(file.toUri().toString());
    return opened;
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screenshots", name + ".png")));
  }

  /** By the key that everybody has; fails if it leads elsewhere. */
  private void focus(String id) {
    for (int presses = 0; presses < 20; presses++) {
      page.keyboard().press("Tab");
      if (id.equals(page.evaluate("document.activeElement.id"))) return;
    }
    throw new AssertionError("Tab does not lead to " + id);
  }

  private static ReplayReport unanswered() {
    Recording recording = Samples.unanswered("r");
    return ReplayReport.of(
        Results.of(
            Results.answered(recording, "live", 1_000, 1_100, 1_400),
            Results.answered(recording, "conventional", 1_000, 1_100, 1_800)),
        List.of(Arm.named("live"), Arm.named("conventional")),
        1,
        ServedModels.UNKNOWN,
        List.of());
  }

  private static ReplayReport report() {
    var results = new ArrayList<SessionResult>();
    for (String id : List.of("a", "b")) {
      int longer = id.equals("b") ? 1 : 0;
      results.add(session(id, "live", 1_000 + longer * 500L, 1 + longer));
      results.add(session(id, "conventional", 4_000 + longer * 2_000L, 1 + longer));
    }
    results.add(edited(true));
    results.add(edited(false));
    return ReplayReport.of(
        Results.of(results.toArray(SessionResult[]::new)),
        List.of(Arm.named("live"), Arm.named("conventional")),
        1,
        ServedModels.UNKNOWN,
        List.of("The models are simulated."));
  }

  /** "one two", cut behind "one " and by the submit at 3 s; one thought from 1.1 s to 1.9 s. */
  private static SessionResult session(String id, String arm, long latency, int segments) {
    var timeline = new ArrayList<Seen>();
    timeline.add(seen(-1_900, new SegmentClosed(0, 0, 4, ClosedBy.RULE)));
    if (arm.equals("live")) {
      timeline.add(seen(-1_890, new InferenceStarted(0, 1)));
      timeline.add(seen(-1_100, new Inferred(0, Action.INFERENCE, 1, "It counts.", USAGE)));
    }
    timeline.add(seen(5, new SegmentClosed(1, 4, 7, ClosedBy.SUBMIT)));
    timeline.add(seen(latency, new Completed(1, "x", EVIL, USAGE)));
    return Results.session(Samples.recording(id), arm, answered(latency, segments, timeline));
  }

  private static TurnResult answered(long latency, int segments, List<Seen> timeline) {
    long submit = 10_000;
    return new TurnResult(
        0,
        7,
        segments,
        1,
        submit * MILLI,
        OptionalLong.of((submit + latency / 2) * MILLI),
        OptionalLong.of((submit + latency) * MILLI),
        EVIL,
        false,
        Optional.empty(),
        timeline);
  }

  /**
   * "one two", of which "two" is typed anew: its inference is invalid, the next one is cancelled by
   * the submit, and a draft is begun before it.
   *
   * @param released whether the draft was the answer
   */
  private static SessionResult edited(boolean released) {
    long latency = released ? 1_000 : 1_500;
    List<TypingEvent> typing =
        List.of(
            new Typed(1, "one two"),
            new Edited(2, 4, 3, ""),
            new Typed(2.2, "two"),
            new Submitted(3));
    var outputs = Samples.recording("edited").turns().getFirst().outputs();
    var recorded = new Recording.Turn(0, typing, Optional.empty(), outputs);
    var recording = new Recording("edited", "Title of edited", "en", List.of(recorded));
    List<Seen> timeline =
        List.of(
            seen(-1_990, new SegmentClosed(0, 0, 4, ClosedBy.RULE)),
            seen(-1_980, new InferenceStarted(0, 1)),
            seen(-1_600, new Inferred(0, Action.INFERENCE, 1, THOUGHTS[0], USAGE)),
            seen(-1_500, new SegmentClosed(1, 4, 7, ClosedBy.IDLE)),
            seen(-1_490, new InferenceStarted(1, 2)),
            seen(-1_100, new Inferred(1, Action.HYPOTHESIZE, 2, THOUGHTS[1], USAGE)),
            seen(-990, new Revised(1, 1, 1)),
            seen(-700, new SegmentClosed(1, 4, 7, ClosedBy.RULE)),
            seen(-690, new InferenceStarted(2, 2)),
            seen(-500, new DraftStarted(3)),
            seen(-200, new DraftHeld(3)),
            seen(2, new InferenceDropped(2, "cancelled")),
            seen(3, new DraftEnded(3, released, USAGE)),
            seen(latency, new Completed(1, "x", "Two.", USAGE)));
    return Results.session(recording, "live", answered(latency, 2, timeline));
  }

  private static Seen seen(long millisAfterSubmit, Object event) {
    return new Seen((10_000 + millisAfterSubmit) * MILLI, new AnswerEvent(0, 0L, event));
  }
}
