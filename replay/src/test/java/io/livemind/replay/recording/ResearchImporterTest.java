package io.livemind.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.replay.recording.TypingEvent.Bounded;
import io.livemind.replay.recording.TypingEvent.Submitted;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResearchImporterTest {
  private static final String LINE =
      """
      {"question_id":7,"category":"law","question":"It is 5. Why?","options":["a","b"],\
      "answer":"B","arms":{\
      "live-llm":{"prompt_tokens":[100,150,200],"completion_tokens":[20,3,40],"latency_s":2.5,\
      "generation_s":4,"overhead_s":0.5,"answer_text":"The answer is (B).","correct":true},\
      "live-llm-clause-text":{"steps":[\
      {"text":"It is 5.","outputs":["action inference. Five.","action summarize. Five it is."]},\
      {"text":" Why? Options are:","outputs":["It is (A)."]}],\
      "latency_s":1,"generation_s":2,"overhead_s":0,"correct":false}}}
      """;

  private final Path folder;

  ResearchImporterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theQuestionIsTypedWordByWordAndTheOptionsComeWithTheSubmit() throws IOException {
    Recording.Turn turn = read(LINE).turns().getFirst();

    assertThat(turn.typing())
        .containsExactly(
            new Typed(0.75, "It "),
            new Typed(1.5, "is "),
            new Typed(2.25, "5. "),
            new Typed(3.25, "Why?"),
            new Bounded(3.25),
            new Typed(10.25, " Options are:\n(A): a\n(B): b\n"),
            new Submitted(10.25));
    assertThat(turn.prompt()).isEqualTo("It is 5. Why? Options are:\n(A): a\n(B): b\n");
    assertThat(turn.question().orElseThrow().answerLetter()).isEqualTo("B");
  }

  @Test
  void theLastOfTheCountsIsTheAnswerAndTextIsMadeForTheOthers() throws IOException {
    ArmOutputs outputs = read(LINE).turns().getFirst().outputsOf("live-llm");

    assertThat(outputs.inferences())
        .containsExactly(
            new ModelReply(Optional.empty(), 100, 20), new ModelReply(Optional.empty(), 150, 3));
    assertThat(outputs.inferences().getFirst().inferenceText(0))
        .isEqualTo(
            "action inference. Step 1: this part of the prompt states a fact that the answer will"
                + " use.");
    assertThat(outputs.inferences().getLast().inferenceText(1)).isEqualTo("action wait.");
    assertThat(outputs.answer()).isEqualTo(ModelReply.of("The answer is (B).", 200, 40));
    assertThat(outputs.figures()).contains(new RecordedFigures(2.5, 4, 0.5, Optional.of(true)));
  }

  @Test
  void recordedStepsKeepTheirTextAndASummaryIsNoInference() throws IOException {
    ArmOutputs outputs = read(LINE).turns().getFirst().outputsOf("live-llm-clause-text");

    assertThat(outputs.inferences()).hasSize(1);
    assertThat(outputs.inferences().getFirst().inferenceText(0))
        .isEqualTo("action inference. Five.");
    assertThat(outputs.answerText()).isEqualTo("It is (A).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"question_id\":7 | \"question_id\":\"7\" | question_id must be an integer, is string",
        "\"category\":\"law\", | `` | category is missing",
        "\"question\":\"It is 5. Why?\" | \"question\":\"\" | question must not be blank",
        "[\"a\",\"b\"] | [] | options must be 1 to 26, are 0",
        "[\"a\",\"b\"] | [\"a\",5] | options[1] must be a text, is number",
        "[100,150,200] | [100,150] | must have the same number of calls",
        "[100,150,200] | [100,1.5,200] | prompt_tokens[1] must be an integer",
        "\"latency_s\":2.5 | \"latency_s\":-1 | arms.live-llm.latency_s must be 0 or more, is -1.0",
        "\"latency_s\":2.5 | \"latency_s\":true | latency_s must be a number, is boolean",
        "\"overhead_s\":0.5 | \"overhead_s\":3 | overhead must be part of the latency",
        "\"correct\":true | \"correct\":\"yes\" | correct must be true or false, is string",
        "\"arms\":{ | \"arms\":{{ | the line is not JSON at column",
      })
  void aBadLineIsNamedWithItsNumberAndTheReason(String what, String instead, String reason) {
    String bad = LINE.replace(what, instead);
    assertThat(bad).isNotEqualTo(LINE);

    assertThatThrownBy(() -> read(LINE + bad))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("research.jsonl:2: ")
        .hasMessageContaining(reason);
  }

  private Recording read(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("research.jsonl"), lines);
    return RecordingFile.read(file).getFirst();
  }
}
