package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.TextHash;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway before the whole pipeline, as a person finds it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UpCommandTest {
  private static final String PROMPT = "Glaciers melt in summer. Where does the water go?";

  /** What a gateway may need to let chat completions come to their end. */
  private static final Duration GATEWAYS_END = Duration.ofSeconds(30);

  private final Console console = new Console();

  @Test
  void aPersonTypesAndIsAnsweredAndCtrlCEndsIt() throws Exception {
    var exitCode = new CompletableFuture<Integer>();
    Thread.ofPlatform()
        .start(() -> exitCode.complete(Livemind.run(console.context(), "up", "--port", "0")));
    URI page = page(exitCode);

    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, page)).contains("<html");
      assertThat(get(client, page.resolve("page/livemind.js"))).contains("export");
      assertThat(answer(client, page)).startsWith("[simulated]").contains(PROMPT);
    }
    console.context().interruption().request();

    assertThat(exitCode.get()).isEqualTo(ExitCode.INTERRUPTED.code());
    assertThat(console.err()).contains("stopping");
    assertThat(console.context().interruption().longestCleanUp()).isGreaterThan(GATEWAYS_END);
  }

  @Test
  void aPortThatIsTakenIsAUsageErrorThatSaysWhatToDo() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int exitCode =
          Livemind.run(console.context(), "up", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
      assertThat(console.err())
          .contains("port " + taken.getLocalPort())
          .contains("choose another port");
    }
  }

  @Test
  void aPortThatCannotBeIsAUsageError() {
    assertThat(Livemind.run(console.context(), "up", "--port", "65536"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(console.err()).contains("65536");
  }

  private URI page(CompletableFuture<Integer> exitCode) {
    Pattern place = Pattern.compile("Page +(\\S+)");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> exitCode.isDone() || place.matcher(console.out()).find());
    Matcher found = place.matcher(console.out());
    assertThat(found.find()).as(console.err()).isTrue();
    return URI.create(found.group(1));
  }

  private static String get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /** Types a prompt word by word over the WebSocket; returns the text of the answer. */
  private static String answer(HttpClient client, URI page) throws Exception {
    var messages = new LinkedBlockingQueue<String>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + page.getAuthority() + "/v1/live"), new Received(messages))
            .get();
    send(socket, "{\"type\":\"open\"}");
    long sequence = 1;
    for (String word : PROMPT.split("(?<= )"))
      send(
          socket,
          "{\"type\":\"fragment\",\"sequence\":%d,\"turn\":0,\"kind\":\"append\",\"text\":\"%s\"}"
              .formatted(sequence++, word));
    send(
        socket,
        "{\"type\":\"fragment\",\"sequence\":%d,\"turn\":0,\"kind\":\"submit\",\"length\":%d,\"hash\":\"%016x\"}"
            .formatted(sequence, PROMPT.length(), TextHash.of(PROMPT)));
    while (true) {
      JsonNode event = new ObjectMapper().readTree(messages.take());
      String type = event.path("type").asText();
      assertThat(type).as(event.toString()).isNotIn("failed", "error", "rejected", "closed");
      if (type.equals("completed")) {
        socket.abort();
        return event.path("text").asText();
      }
    }
  }

  private static void send(WebSocket socket, String message) throws Exception {
    socket.sendText(message, true).get();
  }

  /** Puts whole messages into a queue. */
  private static final class Received implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> messages;
    private final StringBuilder partial = new StringBuilder();

    Received(LinkedBlockingQueue<String> messages) {
      this.messages = messages;
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
