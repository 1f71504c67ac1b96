package io.livemind.integration.chaos.process;

import io.livemind.cli.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One broker in this JVM, or several in processes of their own that can be killed.
 *
 * <p>Threading: one thread.
 */
public final class Brokers implements AutoCloseable {
  private final @Nullable EmbeddedBroker embedded;
  private final List<RoleProcess> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Path directory;

  private Brokers(@Nullable EmbeddedBroker embedded, Path directory) {
    this.embedded = embedded;
    this.directory = directory;
  }

  /** One in this JVM, which lives as long as it. */
  public static Brokers inThisJvm(Path directory) {
    return new Brokers(EmbeddedBroker.start(), directory);
  }

  /** Several, with their logs below a directory. */
  public static Brokers start(int count, Path directory) {
    var brokers = new Brokers(null, directory);
    for (int i = 0; i < 2 * count; i++) brokers.ports.add(freePort());
    for (int i = 0; i < count; i++) brokers.processes.add(brokers.prepare(i).begin());
    brokers.processes.forEach(RoleProcess::awaitReady);
    return brokers;
  }

  /** A broker whose JVM is up, and which has not begun, with the log and the ports of this one. */
  public RoleProcess prepare(int broker) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(broker));
    arguments.add(directory.resolve("broker-" + broker).toString());
    ports.forEach(port -> arguments.add(Integer.toString(port)));
    return RoleProcess.prepareBroker(arguments.toArray(String[]::new));
  }

  /** Those that can be killed; none if there is one in this JVM. */
  public List<RoleProcess> processes() {
    return processes;
  }

  /** Copies of each partition. */
  public short replicas() {
    return (short) Math.clamp(processes.size(), 1, 3);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    if (embedded != null) return embedded.bootstrapServers();
    return IntStream.range(0, processes.size())
        .mapToObj(broker -> "127.0.0.1:" + ports.get(2 * broker))
        .collect(Collectors.joining(","));
  }

  /** A port that is free now. */
  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  @Override
  public void close() {
    processes.forEach(RoleProcess::close);
    if (embedded != null) embedded.close();
  }
}
