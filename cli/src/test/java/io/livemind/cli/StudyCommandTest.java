package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.replay.Arm;
import io.livemind.replay.latency.LatencyConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A study is one command, which makes one page and one plot. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
class StudyCommandTest {
  private static final String CALLS =
      """
      {"prompt_tokens":[30,40],"completion_tokens":[5,6],"latency_s":0.8,"generation_s":1.4,\
      "overhead_s":0.0,"answer_text":"The answer is (A).","correct":true}""";
  private static final String QUESTION =
      """
      {"question_id":1,"category":"c","question":"It is red. What is it?","options":["a","b"],\
      "answer":"A","arms":{"live-llm":%1$s,"live-llm-slm":%1$s,"baseline-llm":%2$s,\
      "baseline-slm":%2$s}}
      """
          .formatted(
              CALLS,
              CALLS.replace("[30,40]", "[40]").replace("[5,6]", "[9]").replace("0.8", "1.0"));

  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void aStudyWritesItsPageAndItsPlot() throws IOException {
    int exitCode = study("tokens", "--sessions", "1", "--speed", "20", "--to", folder.toString());

    assertThat(exitCode).as(console.err()).isZero();
    assertThat(Files.readString(folder.resolve("tokens.md")))
        .contains("# What a saved second costs")
        .contains("./livemind study tokens one.jsonl --sessions 1 --longest 200 --speed 20")
        .contains("| live-llm | live-llm | 1 | 0 |")
        .contains("| live-llm-slm, all | baseline-slm | 1 | 32 | 0.20 | 160 |");
    assertThat(folder.resolve("tokens.svg")).content().contains("<svg");
  }

  @Test
  void recordedTimesThatTheSimulatedModelsDoNotShowAreTold() throws IOException {
    Path file = folder.resolve("timed.jsonl");

    Files.writeString(file, timed(0.02));
    assertThat(Livemind.run(console.context(), "study", "latency", file.toString())).isZero();
    assertThat(console.out()).contains("| baseline-slm | 5 | 0.0200 | ≤ 0.05 | yes |");

    Files.writeString(file, timed(0.1));
    assertThat(Livemind.run(console.context(), "study", "latency", file.toString())).isEqualTo(99);
    assertThat(console.err()).contains("baseline-slm: the median error is 0.100 s");
  }

  /** Five questions, answered as much later than the constants of the arm say. */
  private static String timed(double later) {
    LatencyConstants constants = Arm.named("baseline-slm").latency().answer();
    return IntStream.of(10, 20, 40, 80, 160)
        .mapToObj(
            tokens -> {
              int prompt = tokens * tokens;
              double seconds =
                  later
                      + constants.overheadSeconds()
                      + constants.secondsPerPromptToken() * prompt
                      + constants.secondsPerCompletionToken() * tokens;
              return String.format(
                  Locale.ROOT,
                  """
                  {"question_id":%1$d,"category":"c","question":"Why?","options":["a"],"answer":"A",\
                  "arms":{"baseline-slm":{"prompt_tokens":[%2$d],"completion_tokens":[%3$d],\
                  "latency_s":%4$f,"generation_s":%4$f,"overhead_s":0.0,"answer_text":"A"}}}
                  """,
                  tokens,
                  prompt,
                  tokens,
                  seconds);
            })
        .collect(Collectors.joining());
  }

  @Test
  void aFileWithoutRecordedTimesIsRefusedByTheStudyOfThem() throws IOException {
    Path file = folder.resolve("none.jsonl");
    Files.writeString(file, QUESTION.replaceFirst("\"arms\".*", "\"arms\":{}}"));

    assertThat(Livemind.run(console.context(), "study", "latency", file.toString())).isEqualTo(2);
    assertThat(console.err()).contains("none.jsonl has no recorded times");
  }

  @Test
  void aStudyThatIsNoneIsRefusedWithThoseThatAre() throws IOException {
    assertThat(study("speed")).isEqualTo(2);
    assertThat(console.err()).contains("\"speed\"").contains("cancel, draft, typing");
  }

  private int study(String name, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("one.jsonl"), QUESTION);
    String[] all = new String[3 + more.length];
    all[0] = "study";
    all[1] = name;
    all[2] = file.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return Livemind.run(console.context(), all);
  }
}
