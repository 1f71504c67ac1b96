package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user can get wrong is told before anything starts. */
@SuppressWarnings("NullAway.Init")
class ReplayUsageTest {
  private static final String QUESTION =
      """
      {"question_id":1,"category":"c","question":"What is it? It is red.","options":["a","b"],\
      "answer":"A","arms":{"baseline-llm":{"prompt_tokens":[30],"completion_tokens":[5],\
      "latency_s":1.0,"generation_s":1.0,"overhead_s":0.0,\
      "answer_text":"The answer is (A).","correct":true}}}
      """;

  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(replay(folder.resolve("missing.lmrec").toString())).isEqualTo(2);
    assertThat(console.err()).contains("missing.lmrec");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void aPlaceForTheResultThatCannotBeWrittenIsToldBeforeTheRun() throws IOException {
    assertThat(replay(question(), "-o", folder.toString())).isEqualTo(2);
    assertThat(console.err()).contains("-o: " + folder + " is there and cannot be written");
  }

  /** The check itself: a whole run would take minutes to come to the end of what it allows. */
  @Test
  void aResultMayGoWhereNoFileIs() {
    var options = CommandLine.populateCommand(new OutputOptions(), "-o", "/dev/null");

    assertThatCode(options::check).doesNotThrowAnyException();
  }

  @Test
  void aBrokenLineIsNamedWithFileLineAndReason() throws IOException {
    Path file =
        Files.writeString(folder.resolve("broken.jsonl"), QUESTION + "{\"question_id\": \n");

    assertThat(replay(file.toString())).isEqualTo(2);
    assertThat(console.err()).contains("broken.jsonl:2").doesNotContain("at io.livemind");
  }

  @Test
  void recordingsThatCannotBeReadAreCountedAlsoTheFirstOne() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("broken.jsonl"), "{\"question_id\": \n" + QUESTION + "[]\n");
    String model = "http://127.0.0.1:9/v1,m";

    assertThat(replay(file.toString(), "--skip-bad", "--llm", model, "--estimate")).isZero();
    assertThat(console.err())
        .contains("skipped 2 that cannot be read (--skip-bad):")
        .contains("broken.jsonl:1: the line is not JSON")
        .contains("broken.jsonl:3: ")
        .contains("up to about 1 calls");
  }

  @Test
  void anUnknownArmIsToldWithTheKnownOnes() throws IOException {
    assertThat(replay(question(), "--arm", "fastest")).isEqualTo(2);
    assertThat(console.err()).contains("\"fastest\"").contains("live-llm-slm");
  }

  @Test
  void anArmThatWasNotRecordedIsToldWithThoseThatWere() throws IOException {
    assertThat(replay(question(), "--arm", "live-llm")).isEqualTo(2);
    assertThat(console.err()).contains("--arm live-llm").contains("baseline-llm");
  }

  @Test
  void aSpeedOfNothingIsRefusedByItsRule() throws IOException {
    assertThat(replay(question(), "--speed", "0")).isEqualTo(2);
    assertThat(console.err()).contains("speed").contains("more than 0");
  }

  @Test
  void anOutputThatIsNoneIsRefusedWithTheOnesThatAre() throws IOException {
    assertThat(replay(question(), "--output", "xml")).isEqualTo(2);
    assertThat(console.err()).contains("--output").contains("xml").containsIgnoringCase("json");
  }

  @Test
  void losingMemoryNeedsAnArmThatHasOne() throws IOException {
    assertThat(replay(question(), "--break", "memory")).isEqualTo(2);
    assertThat(console.err()).contains("--break memory").contains("no inferences");
  }

  @Test
  void damageNeedsModelsThatCheck() throws IOException {
    String model = "http://127.0.0.1:9/v1,m";

    assertThat(replay(question(), "--break", "order", "--llm", model)).isEqualTo(2);
    assertThat(console.err()).contains("--break").contains("--llm");
  }

  @Test
  void aModelWithoutANameIsRefusedWithTheForm() throws IOException {
    assertThat(replay(question(), "--llm", "http://127.0.0.1:8000/v1")).isEqualTo(2);
    assertThat(console.err()).contains("--llm").contains("URL,MODEL");
  }

  @Test
  void aSmallModelAloneIsRefused() throws IOException {
    assertThat(replay(question(), "--slm", "http://127.0.0.1:9/v1,m")).isEqualTo(2);
    assertThat(console.err()).contains("--slm needs --llm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prefix=other.", "--client-settings=client.properties"})
  void whatIsSaidOfADeploymentNeedsItsBrokers(String option) throws IOException {
    assertThat(replay(question(), option)).isEqualTo(2);
    assertThat(console.err())
        .contains(option.substring(0, option.indexOf('=')))
        .contains("--bootstrap-servers");
  }

  @Test
  void aModelServerThatIsNotThereIsADependencyThatCannotBeReached() throws IOException {
    int port = freePort();

    assertThat(replay(question(), "--llm", "http://127.0.0.1:" + port + "/v1,m")).isEqualTo(3);
    assertThat(console.err())
        .contains("http://127.0.0.1:" + port + "/v1")
        .contains("cannot be reached")
        .contains("check the URL");
  }

  @Test
  void aKeyThatIsNotAcceptedIsToldByItsVariableAndNeverShown() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    var withKey = new Console(Map.of("LIVEMIND_LLM_API_KEY", "secret-key"));
    try {
      String model = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1,m";

      assertThat(Livemind.run(withKey.context(), "replay", question(), "--llm", model))
          .isEqualTo(2);
    } finally {
      server.stop(0);
    }
    assertThat(withKey.err()).contains("LIVEMIND_LLM_API_KEY").doesNotContain("secret-key");
  }

  private int replay(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "replay";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Livemind.run(console.context(), all);
  }

  private String question() throws IOException {
    return Files.writeString(folder.resolve("one.jsonl"), QUESTION).toString();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
