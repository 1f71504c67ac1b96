package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Existing programs: the official OpenAI clients, unchanged. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class OpenAiClientsTest {
  private static final String JS_CLIENT = "openai@6.30.1";
  private static final int TRIES = 3;
  private static final Gateway gateway = Gateway.start();
  private static final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(gateway.uri("/v1").toString())
          .apiKey("any")
          .maxRetries(0)
          .build();

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
  }

  @Test
  void java_gets_a_whole_completion() {
    var completion = client.chat().completions().create(params("livemind").build());

    var choice = completion.choices().getFirst();
    assertThat(choice.message().content()).contains("It is so.");
    assertThat(choice.finishReason().asString()).isEqualTo("stop");
    assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(27);
  }

  @Test
  void java_gets_a_stream() {
    var params =
        params("conventional")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      var chunks = stream.stream().toList();

      String text =
          chunks.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .map(choice -> choice.delta().content().orElse(""))
              .collect(Collectors.joining());
      assertThat(text).isEqualTo("It is so.");
      assertThat(chunks.getLast().usage().orElseThrow().promptTokens()).isEqualTo(20);
    }
  }

  @Test
  void java_lists_the_models() {
    assertThat(client.models().list().data())
        .extracting(Model::id)
        .containsExactly("livemind", "livemind-collaborative", "conventional");
  }

  @Test
  void java_gets_the_errors_of_that_interface() {
    assertThatThrownBy(() -> client.chat().completions().create(params("gpt-7").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"));
    assertThatThrownBy(() -> client.chat().completions().create(params("livemind").n(2).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.code()).contains("unsupported_parameter"));
  }

  @Test
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void javascript_gets_all_of_it() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/openai-js"));
    Optional<String> missing = install(folder);
    if (System.getenv("CI") != null) assertThat(missing).isEmpty();
    assumeTrue(missing.isEmpty(), () -> "not tested with JavaScript: " + missing.orElse(""));
    Path script = folder.resolve("openai-client.mjs");
    Files.copy(
        Path.of("src/test/js/openai-client.mjs"), script, StandardCopyOption.REPLACE_EXISTING);

    String output =
        run(folder, "node", "openai-client.mjs", gateway.uri("/v1").toString()).orElse("");

    assertThat(output).contains("all well");
  }

  /** The client from npm, which a registry may fail to hand out at first; what is missing. */
  private static Optional<String> install(Path folder) throws InterruptedException {
    if (Files.isDirectory(folder.resolve("node_modules/openai"))) return Optional.empty();
    if (run(folder, "node", "--version").isEmpty()) return Optional.of("there is no node");
    for (int i = 0; i < TRIES; i++) {
      if (run(folder, "npm", "install", "--no-audit", "--no-fund", JS_CLIENT).isPresent())
        return Optional.empty();
    }
    return Optional.of("npm cannot install " + JS_CLIENT + ", " + TRIES + " times");
  }

  /** What a program printed, if it ended well. */
  private static Optional<String> run(Path folder, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) return Optional.of(output);
      System.err.println(String.join(" ", command) + "\n" + output);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ChatCompletionCreateParams.Builder params(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addSystemMessage("Be short.")
        .addUserMessage("Why?");
  }
}
