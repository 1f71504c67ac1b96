package io.livemind.benchmarks.fanout;

import io.livemind.benchmarks.harness.ProcessUsage;
import io.livemind.cli.Livemind;
import io.livemind.cli.embedded.TopicLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, by the command that operators use. */
final class GatewayProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready, .* at (http\\S+)");

  /**
   * As in the Kubernetes deployment. What open streams hold is old, and fills most of the heap:
   * with the third that is left to young objects by default, old ones are collected again and
   * again.
   */
  static final String YOUNG = "-Xmn100m";

  private final Process process;
  private final URI uri;

  private GatewayProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts one and returns when it takes clients.
   *
   * @param name which tells its partitions
   * @param ownPartitions how many it reads for its own sessions
   * @param heap as for the JVM's -Xmx
   */
  static GatewayProcess start(
      String name, int ownPartitions, String heap, String brokers, String handleKey) {
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx" + heap,
            YOUNG,
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-cp",
            System.getProperty("java.class.path"),
            Livemind.class.getName(),
            "gateway",
            "--bootstrap-servers=" + brokers,
            "--set=gateway.name=" + name,
            "--set=gateway.own-partitions=" + ownPartitions,
            "--set=gateway.port=0",
            "--set=topics.partitions.sessions=2",
            "--set=topics.partitions.addressed=" + TopicLayout.EMBEDDED.addressed(),
            "--set=topics.replication-factor=1",
            "--set=gateway.handle-keys=" + handleKey,
            "--set=gateway.limits.connections-per-address=100000");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          Thread.ofVirtual().start(() -> drain(output));
          return new GatewayProcess(process, URI.create(ready.group(1)));
        }
        System.err.println(line);
      }
      throw new IllegalStateException("the gateway did not start");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader output) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine())
        System.err.println(line);
    } catch (IOException e) {
      // The process is gone.
    }
  }

  int port() {
    return uri.getPort();
  }

  /** What the operating system says that it uses. */
  ProcessUsage usage() {
    return ProcessUsage.of(process);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
