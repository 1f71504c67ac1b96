package io.livemind.benchmarks.roles;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a role tells Prometheus. */
final class RoleMetrics {
  private final String text;

  private RoleMetrics(String text) {
    this.text = text;
  }

  /** Asks the admin port now. */
  static RoleMetrics at(int adminPort) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new RoleMetrics(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
  }

  /**
   * The sum over all series of a metric.
   *
   * @param tag of a series that counts, as it stands between the braces; empty: all
   */
  double sum(String metric, String tag) {
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> line.contains(tag))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
