package io.livemind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.replay.Arm;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.play.Play;
import io.livemind.schemas.AnswerFold.Appended;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.ModelUsage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final Play LIVE =
      Play.of(DemoRecordings.load().getFirst(), Arm.named("live"), Duration.ZERO);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void showsTypingInferencesAndTheAnswerAsItComes() {
    try (PlayView view = view(new Terminal(true, true, 100, 30, false), true)) {
      view.started(LIVE);
      view.typed(LIVE, 0, "What a person types");
      view.inferred(LIVE, 0, inferred("What the model concludes"));
      view.answerChanged(LIVE, 0, new Appended("What it answers"));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(shown(out))
                      .contains("What a person types")
                      .contains("What the model concludes")
                      .contains("What it answers")
                      .containsPattern("typed in 1:[0-9]{2}, 0 of 3 sessions over"));
    }
    assertThat(shown(err)).isEmpty();
  }

  @Test
  void givesTheCursorBack() {
    view(new Terminal(true, true, 100, 30, false), true).close();

    assertThat(shown(out)).contains("\u001b[?25l").endsWith("\u001b[?25h");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    var card = new Card(LIVE.recording());
    card.started(LIVE.arm());
    card.typed(LIVE.arm(), "漢字".repeat(200));
    card.inferred("wide ".repeat(100));
    card.answerChanged(LIVE.arm(), new Appended("語".repeat(300)));

    List<String> lines = new CardLines(60, false).of(card);

    assertThat(lines).hasSize(3).allMatch(line -> Cells.width(line) <= 60);
  }

  @Test
  void keepsAResultForProgramsClearOfProgress() {
    try (PlayView view = view(new Terminal(true, true, 100, 30, false), false)) {
      view.phase("starting");
      view.started(LIVE);
    }

    assertThat(shown(out)).isEmpty();
    assertThat(shown(err)).contains("starting");
  }

  @Test
  void saysNothingWhereNobodyReads() {
    try (PlayView view = view(Terminal.NONE, true)) {
      view.phase("starting");
      view.started(LIVE);
    }

    assertThat(shown(out)).isEmpty();
    assertThat(shown(err)).isEmpty();
  }

  private PlayView view(Terminal terminal, boolean forPeople) {
    return PlayViews.of(
        terminal,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        forPeople,
        "test",
        3,
        Duration.ofSeconds(90));
  }

  private static Inferred inferred(String text) {
    return new Inferred(0, Action.INFERENCE, 1, text, ModelUsage.newBuilder().build());
  }

  private static String shown(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
