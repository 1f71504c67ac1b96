package io.livemind.benchmarks.start;

import io.livemind.benchmarks.harness.FreePort;
import io.livemind.benchmarks.harness.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code ./livemind up} as a user starts it, asked as soon as it listens. */
final class StartedProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final String QUESTION =
      "{\"model\":\"livemind\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"When does the"
          + " harbour freeze?\"}]}";

  private final Process process;
  private final long begunNanos;
  private final URI url;

  private StartedProcess(Process process, long begunNanos, URI url) {
    this.process = process;
    this.begunNanos = begunNanos;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param javaOptions more options for its JVM
   */
  static StartedProcess start(String javaOptions) throws IOException {
    int port = FreePort.now();
    var builder = new ProcessBuilder("./livemind", "up", "--port", Integer.toString(port));
    builder.environment().put("LIVEMIND_JAVA_OPTS", javaOptions);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long begun = System.nanoTime();
    return new StartedProcess(builder.start(), begun, URI.create("http://127.0.0.1:" + port));
  }

  /** Seconds from the start of the process to the first words of an answer. */
  double firstWords() throws InterruptedException {
    var request =
        HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      while (System.nanoTime() - begunNanos < LONGEST_START.toNanos()) {
        try {
          var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
          if (response.statusCode() == 200) return untilContent(response);
        } catch (ConnectException notYet) {
          Thread.sleep(BETWEEN_LOOKS);
        } catch (IOException e) {
          throw new UncheckedIOException("livemind up does not answer", e);
        }
      }
    }
    throw new IllegalStateException("livemind up did not answer in " + LONGEST_START);
  }

  private double untilContent(HttpResponse<InputStream> response) throws IOException {
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"content\":\"") && !line.contains("\"content\":\"\"")) {
          return (System.nanoTime() - begunNanos) / 1e9;
        }
      }
    }
    throw new IllegalStateException("the answer had no words");
  }

  /** Megabytes that the process holds. */
  double residentMegabytes() {
    return ProcessUsage.of(process).residentMegabytes();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
