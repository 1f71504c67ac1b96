package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.replay.report.AnswerLetter;
import io.livemind.simulator.ModelProfiles;
import io.livemind.simulator.ScriptedReply;
import io.livemind.simulator.ServedCall;
import io.livemind.simulator.Simulator;
import io.livemind.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The experiment of the recordings with other models: a simulator stands where they would. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
class RealModelsTest {
  private static final String QUESTION =
      """
      {"question_id":%d,"category":"c","question":"What is it? It is red.","options":["a","b"],\
      "answer":"%s","arms":{"baseline-llm":{"prompt_tokens":[30],"completion_tokens":[5],\
      "latency_s":1.0,"generation_s":1.0,"overhead_s":0.0,\
      "answer_text":"The answer is (B).","correct":false}}}
      """;

  @TempDir Path folder;
  private final Console console = new Console();
  private final Simulator server =
      Simulator.start(
          SimulatorConfig.of(Map.of("llama", ModelProfiles.FAST_HOSTED_70B))
              .withSpeed(100)
              .withScript(
                  List.of(new ScriptedReply("So the answer is (A).", 6, Optional.empty()))));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anEstimateTellsTokensAndMoneyAndCallsNobody() throws IOException {
    assertThat(replay(server.baseUrl(), "--llm-price", "1000,100000", "--estimate")).isZero();

    assertThat(console.err())
        .contains("the large model is going to get up to about 2 calls")
        .contains("60 prompt and 10 reply tokens, 1.06 by its price");
    assertThat(server.served()).isEmpty();
  }

  @Test
  void answersOfOtherModelsAreScoredAndTheTokensToldBeforehand() throws Exception {
    String bound = "baseline-llm.latency.p50 > 1ms";

    int exitCode = replay(server.baseUrl(), "--output", "json", "--fail-if", bound);

    assertThat(exitCode).as(console.err()).isEqualTo(99);
    assertThat(console.err()).contains("--fail-if " + bound);

    assertThat(console.err())
        .contains("60 prompt and 10 reply tokens")
        .contains("with --llm-price and --slm-price the money is told, too");
    JsonNode arm = new ObjectMapper().readTree(console.out()).path("arms").path(0);
    assertThat(arm.path("accuracy").doubleValue()).isEqualTo(0.5);
    assertThat(arm.path("recordedAccuracy").doubleValue()).isZero();
    assertThat(server.served())
        .hasSize(2)
        .extracting(ServedCall::messages)
        .allSatisfy(
            messages ->
                assertThat(messages.toString()).contains(AnswerLetter.FORMAT).contains("(B): b"));
  }

  @Test
  void aReplayThatIsStoppedReportsWhatFinished() throws Exception {
    String endless = QUESTION.replace("It is red.", "It is red. ".repeat(500)).formatted(4, "B");
    Path file = folder.resolve("endless.jsonl");
    // Calls of a cold pipeline bunch up: when the third is served, the first has long been seen.
    var shortOnes = new StringBuilder();
    for (int i = 1; i <= 3; i++) shortOnes.append(QUESTION.formatted(i, "A"));
    Files.writeString(file, shortOnes + endless);
    var stopped =
        new FutureTask<>(
            () ->
                replay(file.toString(), server.baseUrl(), "--stagger", "2000", "--output", "json"));
    Thread.ofPlatform().start(stopped);
    await().atMost(Duration.ofMinutes(1)).until(() -> server.served().size() == 3);

    console.context().interruption().request();

    assertThat(stopped.get()).as(console.err()).isEqualTo(130);
    JsonNode report = new ObjectMapper().readTree(console.out());
    assertThat(report.path("stopped").booleanValue()).isTrue();
    assertThat(report.path("arms").path(0).path("latency").path("count").intValue())
        .isBetween(1, 3);
  }

  @Test
  void aPriceThatIsNoneIsToldWithItsForm() throws IOException {
    assertThat(replay(server.baseUrl(), "--llm-price", "cheap")).isEqualTo(2);
    assertThat(console.err()).contains("'cheap' is no price").contains("0.59,0.79");
  }

  @Test
  void anEstimateOfTheSimulatorIsRefused() throws IOException {
    assertThat(Livemind.run(console.context(), "replay", questions(), "--estimate")).isEqualTo(2);
    assertThat(console.err()).contains("--llm");
  }

  private int replay(URI url, String... more) throws IOException {
    return replay(questions(), url, more);
  }

  private int replay(String file, URI url, String... more) {
    String[] arguments = {
      "replay", file, "--arm", "baseline-llm", "--speed", "20", "--llm", url + ",llama"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Livemind.run(console.context(), all);
  }

  /** The right answers are A and B. */
  private String questions() throws IOException {
    String both = QUESTION.formatted(1, "A") + QUESTION.formatted(2, "B");
    return Files.writeString(folder.resolve("questions.jsonl"), both).toString();
  }
}
