package io.livemind.integration;

import io.livemind.cli.Livemind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway as a child process, by the command that operators use; the topics are those of an
 * embedded broker.
 */
final class GatewayProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready, .* at (http\\S+)");

  private final Process process;
  private final URI uri;

  private GatewayProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts one and returns when it takes clients. */
  static GatewayProcess start(String name, String brokers, String handleKey) {
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Livemind.class.getName(),
            "gateway",
            "--bootstrap-servers=" + brokers,
            "--set=gateway.name=" + name,
            "--set=gateway.port=0",
            "--set=topics.partitions.sessions=2",
            "--set=topics.partitions.addressed=2",
            "--set=topics.replication-factor=1",
            "--set=gateway.handle-keys=" + handleKey,
            "--set=gateway.limits.sessions-per-minute=100000",
            "--set=gateway.limits.connections-per-address=100000");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
          return new GatewayProcess(process, URI.create(ready.group(1)));
        }
        said.append(line).append('\n');
      }
      throw new IllegalStateException("the gateway did not start: " + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return uri;
  }

  /** SIGKILL: its clients are told nothing. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
