package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own. */
class SimulatorCommandTest {
  private final Console console = new Console();

  @Test
  void servesTheScriptUnderTheModelsNameUntilItIsStopped(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("script.jsonl"), "{\"text\":\"Of course.\"}\n");
    var command =
        new FutureTask<>(
            () ->
                Livemind.run(
                    console.context(),
                    "simulator",
                    "--port",
                    "0",
                    "--profile",
                    "large=llama-3-70b-a100",
                    "--speed",
                    "1000",
                    "--script",
                    script.toString()));
    Thread.ofPlatform().start(command);
    await().atMost(Duration.ofMinutes(1)).until(() -> console.out().endsWith("/v1\n"));

    HttpResponse<String> reply = ask(console.out().strip(), "large");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).contains("\"content\":\"Of course.\"");
    console.context().interruption().request();
    assertThat(command.get()).isEqualTo(130);
    assertThat(console.err()).contains("ready, simulated models large at ");
  }

  @Test
  void listsTheProfilesWithTheSourceOfTheirFigures() {
    assertThat(Livemind.run(console.context(), "simulator", "--list")).isZero();
    assertThat(console.out())
        .contains("llama-3-70b-a100", "llama-3-8b-a100", "fast-hosted-70b", "arXiv 2406.14319");
  }

  @Test
  void anUnknownProfileIsToldWithThoseThatAre() {
    assertThat(Livemind.run(console.context(), "simulator", "--profile", "x")).isEqualTo(2);
    assertThat(console.err()).contains("`x`").contains("fast-hosted-70b");
  }

  @Test
  void anUnknownFaultIsToldWithThoseThatAre() {
    assertThat(Livemind.run(console.context(), "simulator", "--fault", "x=0.5")).isEqualTo(2);
    assertThat(console.err()).contains("but is x").contains("in-band-error");
  }

  @Test
  void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("livemind.yaml"),
            """
            livemind:
              simulator:
                models: {large: llama-3-70b-a100}
                port: 0
                speed: -1
                seed: x
            """);
    var environment = new Console(Map.of("LIVEMIND_SIMULATOR_SPEED", "0"));

    assertThat(
            Livemind.run(
                environment.context(), "simulator", "--config", file.toString(), "--seed", "7"))
        .isEqualTo(2);
    assertThat(environment.err())
        .contains("livemind.simulator.speed must be above 0, but is 0.0")
        .contains("LIVEMIND_SIMULATOR_SPEED");
  }

  @Test
  void aBrokenScriptIsToldWithFileLineAndReason(@TempDir Path folder) throws IOException {
    Path script = Files.writeString(folder.resolve("s.jsonl"), "{\"text\":\"a\"}\n{\"text\":1}\n");

    assertThat(Livemind.run(console.context(), "simulator", "--script", script.toString()))
        .isEqualTo(2);
    assertThat(console.err()).contains("s.jsonl:2").contains("must be a text");
  }

  private static HttpResponse<String> ask(String baseUrl, String model) throws Exception {
    String body =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Does it rain?\"}]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body.formatted(model)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
