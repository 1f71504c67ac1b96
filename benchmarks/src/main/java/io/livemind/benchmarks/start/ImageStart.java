package io.livemind.benchmarks.start;

import io.livemind.benchmarks.harness.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The image with the one role that needs no broker, the simulator, until it is healthy. */
final class ImageStart {
  private static final int PORT = 8090;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private ImageStart() {}

  /**
   * Seconds from {@code docker run} to the first 200 of {@code /health}.
   *
   * @throws IllegalStateException if it is not healthy in a minute
   */
  static double seconds(String image) throws IOException, InterruptedException {
    int port = FreePort.now();
    String name = "livemind-start-" + port;
    var run =
        new ProcessBuilder(
            "docker",
            "run",
            "--rm",
            "--name",
            name,
            "--publish",
            "127.0.0.1:" + port + ":" + PORT,
            image,
            "simulator",
            "--bind",
            "0.0.0.0",
            "--port",
            Integer.toString(PORT));
    run.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    run.redirectError(ProcessBuilder.Redirect.INHERIT);
    long begun = System.nanoTime();
    Process process = run.start();
    try {
      return untilHealthy(process, URI.create("http://127.0.0.1:" + port + "/health"), begun);
    } finally {
      new ProcessBuilder("docker", "rm", "--force", name)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      process.waitFor();
    }
  }

  private static double untilHealthy(Process process, URI url, long begun)
      throws InterruptedException {
    var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(1)).build();
    try (var http = HttpClient.newHttpClient()) {
      while (process.isAlive() && System.nanoTime() - begun < LONGEST_START.toNanos()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200)
            return (System.nanoTime() - begun) / 1e9;
        } catch (IOException notYet) {
          // Docker's proxy takes connections before the role does.
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    throw new IllegalStateException(
        "docker run of the image was not healthy at " + url + " in " + LONGEST_START);
  }
}
